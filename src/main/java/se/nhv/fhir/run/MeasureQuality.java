package se.nhv.fhir.run;

import java.util.List;
import se.nhv.fhir.content.MeasureDefinition;

/**
 * What stands in the way of one Measure: first what its report does not count, then the data errors
 * that touch it.
 *
 * @param measure the Measure
 * @param lines none if nothing does
 */
public record MeasureQuality(MeasureDefinition measure, List<QualityLine> lines) {

  /** Copies the list. */
  public MeasureQuality {
    lines = List.copyOf(lines);
  }
}
