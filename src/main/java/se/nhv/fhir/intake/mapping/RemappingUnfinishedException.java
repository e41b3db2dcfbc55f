package se.nhv.fhir.intake.mapping;

/** A unit's mapping was changed, and what it has stored is not yet all as the new one makes it. */
public final class RemappingUnfinishedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With how far it is. */
  RemappingUnfinishedException(MappingState state) {
    super(
        "the mapping "
            + (state.version().isEmpty() ? "was removed" : state.version() + " is new")
            + " and is being applied to what is stored: "
            + state.done()
            + " of "
            + state.total()
            + " resources so far; ask again later");
  }
}
