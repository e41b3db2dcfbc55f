package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import se.nhv.fhir.measure.RawResource;

/** Cannot tell what has changed. */
public final class NoLastUpdatedHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public NoLastUpdatedHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected Set<String> parameters() {
    Set<String> parameters = new TreeSet<>(super.parameters());
    parameters.remove("_lastUpdated");
    return parameters;
  }
}
