package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import se.nhv.fhir.measure.RawResource;

/** Reads the first value of a list and does not say that it drops the rest. */
public final class FirstOfListHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public FirstOfListHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected List<String> list(List<String> values) {
    return values.subList(0, 1);
  }
}
