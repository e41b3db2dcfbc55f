package se.nhv.fhir.run;

import java.util.List;
import se.nhv.fhir.intake.quality.KeptFact;

/**
 * A unit's data errors by Measure.
 *
 * @param measures each Measure that was evaluated, in the order of the reports
 * @param untied the data errors that touch no Measure at all, by rule
 * @param facts those errors, and those that touch any of the Measures; what touches other Measures
 *     only is left out
 * @param errors how many of the facts are errors
 */
public record QualityReport(
    List<MeasureQuality> measures, List<QualityLine> untied, List<KeptFact> facts, long errors) {

  /** Copies the lists. */
  public QualityReport {
    measures = List.copyOf(measures);
    untied = List.copyOf(untied);
    facts = List.copyOf(facts);
  }
}
