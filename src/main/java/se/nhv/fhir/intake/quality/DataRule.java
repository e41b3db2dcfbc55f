package se.nhv.fhir.intake.quality;

/**
 * A rule of the data contract, as the code system {@code datafel} tells it.
 *
 * @param code its code there
 * @param severity how sure it is that a figure is wrong
 * @param swedish in Swedish
 * @param english in English
 */
public record DataRule(String code, Severity severity, Words swedish, Words english) {

  /**
   * The rule in one language; never with anything of a patient.
   *
   * @param display its name
   * @param definition what is wrong where it is broken
   * @param remedy what to do about it
   */
  public record Words(String display, String definition, String remedy) {}

  /** The words in English, or else in Swedish. */
  public Words words(boolean inEnglish) {
    return inEnglish ? english : swedish;
  }
}
