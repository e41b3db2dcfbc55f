package se.nhv.fhir.store;

/** A change expected another current version than the one that is stored; nothing was applied. */
public final class VersionConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ResourceKey key;

  /** Names the resource, the version expected and the version found (0 when there is none). */
  public VersionConflictException(ResourceKey key, long expected, long found) {
    super(key + " was expected at version " + expected + " and is at version " + found);
    this.key = key;
  }

  /** The resource in conflict. */
  public ResourceKey key() {
    return key;
  }
}
