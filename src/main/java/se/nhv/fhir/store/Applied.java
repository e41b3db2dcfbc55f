package se.nhv.fhir.store;

import java.time.Instant;

/**
 * What a change came to.
 *
 * @param key the identity
 * @param version the current version afterwards, from 1; 0 when there never was one
 * @param stored when that version was stored, to the millisecond
 * @param effect what happened
 */
public record Applied(ResourceKey key, long version, Instant stored, Effect effect) {

  /** What a change did. */
  public enum Effect {
    /** The first version, or the first after a deletion. */
    CREATED,
    /** A further version. */
    UPDATED,
    /**
     * Nothing: the same bytes were current, or came late and were kept already, or nothing was
     * there to delete.
     */
    UNCHANGED,
    /**
     * It came late: what was there before it stays as it is, and it is kept in the history only.
     */
    SUPERSEDED,
    /** The resource is now marked as deleted. */
    DELETED
  }
}
