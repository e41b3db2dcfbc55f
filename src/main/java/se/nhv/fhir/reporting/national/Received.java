package se.nhv.fhir.reporting.national;

/**
 * The answer to a submission, the same however often it is sent.
 *
 * @param id the id of the report, the same on both sides
 * @param revision its number, from 1
 */
public record Received(String id, int revision) {}
