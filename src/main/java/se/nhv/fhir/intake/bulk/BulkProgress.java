package se.nhv.fhir.intake.bulk;

/** Told how an export goes on, on the exporting thread. */
@FunctionalInterface
public interface BulkProgress {

  /**
   * Something has happened.
   *
   * @param step what, in a few words, without any patient's data: a file, or what the endpoint says
   *     of its own work (X-Progress)
   */
  void reached(String step);
}
