package se.nhv.fhir.run;

import java.util.List;
import java.util.function.Consumer;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.PatientRecord;

/** Patients at hand. */
record ListedPatients(List<PatientRecord> patients) implements PatientSource {

  @Override
  public void forEachPatient(Consumer<PatientRecord> consumer) {
    patients.forEach(consumer);
  }

  @Override
  public long countPatients() {
    return patients.size();
  }

  @Override
  public List<String> gaps() {
    return List.of();
  }
}
