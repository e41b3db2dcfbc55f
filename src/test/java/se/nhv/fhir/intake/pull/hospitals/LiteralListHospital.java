package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import se.nhv.fhir.measure.RawResource;

/** Takes a list for one value, which nothing has. */
public final class LiteralListHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public LiteralListHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected List<String> list(String type, List<String> values) {
    return List.of(String.join(",", values));
  }
}
