package se.nhv.fhir.intake.quality;

import java.time.Instant;

/**
 * A fact and since when it is known.
 *
 * @param fact what is broken
 * @param since when it was first seen, to the second
 */
public record KeptFact(Fact fact, Instant since) {}
