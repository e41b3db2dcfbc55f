package se.nhv.fhir.run;

import java.util.List;
import java.util.function.Consumer;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.PatientRecord;

/** The patients of a source, before each of whom something is done that may stop the reading. */
record WatchedPatients(PatientSource source, Runnable beforeEach) implements PatientSource {

  @Override
  public void forEachPatient(Consumer<PatientRecord> consumer) {
    source.forEachPatient(
        patient -> {
          beforeEach.run();
          consumer.accept(patient);
        });
  }

  @Override
  public long countPatients() {
    return source.countPatients();
  }

  @Override
  public List<String> gaps() {
    return source.gaps();
  }
}
