package se.nhv.fhir.intake;

import java.util.List;
import java.util.function.Consumer;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/** Where a unit's patients are read from: the intake store, or a folder of files. */
public interface PatientSource {

  /** Hands over every patient once, in the order of their ids, on the calling thread. */
  void forEachPatient(Consumer<PatientRecord> consumer);

  /** How many patients there are, for progress. */
  long countPatients();

  /**
   * What could not be read, known in full only after {@link #forEachPatient}: file and line, or
   * query, and the reason, in English, without any patient's data. Empty when the source is
   * complete.
   */
  List<String> gaps();

  /**
   * The resources that are about a Patient who is not there, or about nobody though they should be,
   * known in full only after {@link #forEachPatient}. Each is also a gap.
   */
  default List<RawResource> orphans() {
    return List.of();
  }
}
