package se.nhv.fhir.measure;

import java.util.regex.Pattern;

/**
 * A licensed area (tillståndsområde) by its code in the code system {@code omrade}, for example
 * {@code net}.
 *
 * @param code 2 to 8 lower-case letters
 */
public record Area(String code) {

  private static final Pattern CODE = Pattern.compile("[a-z]{2,8}");

  /** Refuses what cannot be a code of an area with an IllegalArgumentException. */
  public Area {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "'" + code + "' is not an area: it takes 2 to 8 lower-case letters, such as net");
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
