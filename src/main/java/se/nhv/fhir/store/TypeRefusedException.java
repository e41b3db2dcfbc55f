package se.nhv.fhir.store;

/** The store was asked for a resource type that it does not keep; the database was not asked. */
public final class TypeRefusedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  TypeRefusedException(String type, KeptTypes kept) {
    super("the " + kept.store() + " store does not keep " + type + "; it keeps " + kept.listed());
  }
}
