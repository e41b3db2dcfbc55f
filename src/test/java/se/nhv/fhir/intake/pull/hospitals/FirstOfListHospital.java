package se.nhv.fhir.intake.pull.hospitals;

import java.util.List;
import java.util.Set;
import se.nhv.fhir.measure.RawResource;

/** Reads the first values of a list and does not say that it drops the rest. */
public class FirstOfListHospital extends ScriptedHospital {

  private final int most;
  private final Set<String> types;

  /**
   * A hospital that holds these.
   *
   * @param most how many values of a list it reads
   * @param types of which; it reads the lists of other types whole
   */
  public FirstOfListHospital(List<RawResource> resources, int most, Set<String> types) {
    super(resources);
    this.most = most;
    this.types = types;
  }

  @Override
  protected List<String> list(String type, List<String> values) {
    return types.contains(type) ? values.subList(0, Math.min(most, values.size())) : values;
  }
}
