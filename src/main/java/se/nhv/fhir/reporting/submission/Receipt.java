package se.nhv.fhir.reporting.submission;

/**
 * What the national side has received.
 *
 * @param report the id of the report
 * @param revision its number there, from 1
 */
public record Receipt(String report, long revision) {}
