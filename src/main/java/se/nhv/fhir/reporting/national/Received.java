package se.nhv.fhir.reporting.national;

import java.time.Instant;

/**
 * The answer to a submission, the same however often it is sent.
 *
 * @param id the id of the report, the same on both sides
 * @param revision its number, from 1
 * @param hash the hash of its content, as in the sign-offs
 * @param received when it was kept, to the millisecond
 */
public record Received(String id, int revision, String hash, Instant received) {}
