package se.nhv.fhir.evaluation;

import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.MeasurementPeriod;

/**
 * A Measure to be evaluated.
 *
 * @param measure the Measure
 * @param period its measurement period
 */
public record MeasureRequest(MeasureDefinition measure, MeasurementPeriod period) {}
