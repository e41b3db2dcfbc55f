package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import java.util.Set;
import se.nhv.fhir.measure.RawResource;

/** Searches by nothing but the patient, and that under the name of subject. */
public final class FewParametersHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public FewParametersHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected Set<String> parameters() {
    return Set.of("subject");
  }
}
