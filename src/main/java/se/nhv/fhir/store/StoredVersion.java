package se.nhv.fhir.store;

import java.time.Instant;

/**
 * One version of a resource.
 *
 * @param key the identity
 * @param version from 1, without gaps, in the order in which they were stored
 * @param stored when it was stored, to the millisecond
 * @param deleted whether this version is a deletion; its JSON is then empty
 * @param json the resource in UTF-8, as it was put
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredVersion(
    ResourceKey key, long version, Instant stored, boolean deleted, byte[] json) {}
