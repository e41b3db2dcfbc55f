package se.nhv.fhir.store;

import java.util.List;

/**
 * One page of a search.
 *
 * @param versions the resources found, in order
 * @param total how many there are on all pages
 * @param more whether a further page follows
 */
public record Page(List<StoredVersion> versions, long total, boolean more) {}
