package se.nhv.fhir.run;

import se.nhv.fhir.intake.quality.Severity;

/**
 * What a unit's people read of one Measure: a sentence, and how sure it is.
 *
 * @param code the reason (code system {@code bortfall}), or the rule that is broken ({@code
 *     datafel})
 * @param ofReport whether the report says it of itself, rather than the data
 * @param severity of a broken rule; what the report itself does not count is a warning
 * @param count how many
 * @param swedish in Swedish, for example "3 av 41 i T1 saknar remiss" with the Measure's printed id
 * @param english in English
 */
public record QualityLine(
    String code, boolean ofReport, Severity severity, long count, String swedish, String english) {

  /** The sentence in English, or else in Swedish. */
  public String text(boolean inEnglish) {
    return inEnglish ? english : swedish;
  }
}
