package se.nhv.fhir.server.door;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a token may be used for: SMART scopes in the form of version 2, {@code
 * system/MeasureReport.rs} (SMART App Launch 2.2, scopes-and-launch-context.html). A scope that
 * this server cannot hold to, such as one with a search in it, grants nothing.
 */
public final class Scopes {

  /** Everything that the caller's role may do: the scopes of a static token. */
  public static final Scopes ALL = new Scopes(List.of(new Grant("*", "cruds")));

  private static final Pattern FORM =
      Pattern.compile("(system|user)/(\\*|[A-Z][A-Za-z]{1,40})\\.(c?r?u?d?s?)");

  private final List<Grant> grants;

  private record Grant(String type, String letters) {}

  private Scopes(List<Grant> grants) {
    this.grants = List.copyOf(grants);
  }

  /**
   * The scopes of a token.
   *
   * @param text scopes with spaces between
   * @param context {@code system} for a program, {@code user} for a person: others are passed over
   */
  public static Scopes of(String text, String context) {
    List<Grant> grants = new ArrayList<>();
    for (String scope : text.split(" +", -1)) {
      Matcher matcher = FORM.matcher(scope);
      if (matcher.matches() && matcher.group(1).equals(context)) {
        grants.add(new Grant(matcher.group(2), matcher.group(3)));
      }
    }
    return new Scopes(grants);
  }

  /**
   * Whether an interaction is among them.
   *
   * @param type a resource type, or {@code *} for all of them
   * @param letters those of {@code cruds} that it takes, each of which must be granted
   */
  public boolean allow(String type, String letters) {
    return letters
        .chars()
        .allMatch(
            letter ->
                grants.stream()
                    .anyMatch(
                        it ->
                            (it.type().equals("*") || it.type().equals(type))
                                && it.letters().indexOf(letter) >= 0));
  }
}
