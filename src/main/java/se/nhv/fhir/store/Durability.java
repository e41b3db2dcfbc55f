package se.nhv.fhir.store;

/** What makes a committed batch survive the loss of power. */
@FunctionalInterface
interface Durability {

  /** The database's own commit is durable. */
  Durability ON_COMMIT = () -> {};

  /** Returns when everything committed before the call is on the device. */
  void sync();
}
