package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.RawResource;

/** Refuses a list of values. */
public final class NoListsHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public NoListsHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected @Nullable List<String> list(String type, List<String> values) {
    return null;
  }
}
