package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import java.util.Set;
import se.nhv.fhir.measure.RawResource;

/** Has no CapabilityStatement, and drops what it does not know without a word. */
public final class NoStatementHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public NoStatementHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected boolean isStated() {
    return false;
  }

  @Override
  protected Set<String> parameters() {
    return Set.of();
  }
}
