package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search as asked for. Parameters outside the door's list, modifiers, chains and includes are
 * refused, never passed over: a search that is not understood must not look like an answer.
 *
 * @param conditions all must hold
 * @param count the most resources a page, 1 to {@link #MOST_COUNT}
 * @param cursor where the page before ended, or null for the first page
 */
public record SearchRequest(List<Condition> conditions, int count, @Nullable String cursor) {

  /** The largest page. */
  static final int MOST_COUNT = 500;

  private static final int DEFAULT_COUNT = 50;
  private static final int MOST_VALUES = 100;
  private static final String COUNT = "_count";
  private static final String CURSOR = "_cursor";
  private static final Set<String> PRESENTATION = Set.of("_format", "_pretty");

  /**
   * A parameter and the values of which any may match.
   *
   * @param parameter one of the door's list
   * @param values at least one, unescaped
   */
  public record Condition(SearchParameter parameter, List<String> values) {}

  /** Reads the parameters of a request, or refuses them with 400. */
  static SearchRequest of(Map<String, String[]> parameters, List<SearchParameter> allowed) {
    List<Condition> conditions = new ArrayList<>();
    int count = DEFAULT_COUNT;
    String cursor = null;
    for (Map.Entry<String, String[]> entry : new TreeMap<>(parameters).entrySet()) {
      String name = entry.getKey();
      if (name.equals(COUNT)) {
        count = count(once(name, entry.getValue()));
      } else if (name.equals(CURSOR)) {
        cursor = decode(once(name, entry.getValue()));
      } else if (!PRESENTATION.contains(name)) {
        SearchParameter parameter = known(name, allowed);
        for (String value : entry.getValue()) {
          conditions.add(new Condition(parameter, values(name, value)));
        }
      }
    }
    return new SearchRequest(List.copyOf(conditions), count, cursor);
  }

  /** The values of every condition on parameters of that kind. */
  public Optional<Condition> only(SearchParameter.Kind kind) {
    return conditions.stream().filter(it -> it.parameter().kind() == kind).findFirst();
  }

  /** The query string of this search, for the page after that cursor or, with null, this page. */
  String queryString(@Nullable String next) {
    Stream<String> asked =
        conditions.stream()
            .map(
                it ->
                    pair(
                        it.parameter().name(),
                        it.values().stream()
                            .map(SearchRequest::escape)
                            .collect(Collectors.joining(","))));
    String position = next == null ? cursor : next;
    Stream<String> page =
        position == null
            ? Stream.of(pair(COUNT, Integer.toString(count)))
            : Stream.of(pair(COUNT, Integer.toString(count)), pair(CURSOR, encode(position)));
    return Stream.concat(asked, page).collect(Collectors.joining("&"));
  }

  private static SearchParameter known(String name, List<SearchParameter> allowed) {
    return allowed.stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "The search parameter '"
                        + printable(name)
                        + "' is not known here (nor are modifiers, chains and includes): use "
                        + Stream.concat(
                                allowed.stream().map(SearchParameter::name),
                                Stream.of(COUNT, "_format", "_pretty"))
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static String printable(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_:.$-]", "?");
    return safe.length() > 50 ? safe.substring(0, 50) + "…" : safe;
  }

  private static String once(String name, String[] values) {
    if (values.length != 1) {
      throw new InvalidRequestException("The parameter " + name + " may stand once.");
    }
    return values[0];
  }

  private static int count(String value) {
    if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < 1) {
      throw new InvalidRequestException(COUNT + " takes a whole number from 1 to " + MOST_COUNT);
    }
    return Math.min(Integer.parseInt(value), MOST_COUNT);
  }

  private static List<String> values(String name, String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '\\' && i + 1 < text.length()) {
        value.append(text.charAt(++i));
      } else if (next == ',') {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(next);
      }
    }
    values.add(value.toString());
    if (values.contains("") || values.size() > MOST_VALUES || text.indexOf('\0') >= 0) {
      throw new InvalidRequestException(
          "The parameter " + name + " takes 1 to " + MOST_VALUES + " values, none of them empty.");
    }
    return List.copyOf(values);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,");
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String encode(String cursor) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (!text.isEmpty() && text.indexOf('\0') < 0) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw new InvalidRequestException(
        CURSOR + " is not one of this server's: follow the link next of the page before.");
  }
}
