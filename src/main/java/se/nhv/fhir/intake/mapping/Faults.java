package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.List;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.RefusedResource;

/** The faults of a mapping while it is read. */
final class Faults {

  private final List<RefusedResource> all = new ArrayList<>();
  private String resource = "";

  /** What follows is about that resource. */
  void of(String name) {
    resource = name;
  }

  void add(String element, String problem, String remedy) {
    all.add(new RefusedResource(resource, new Refusal(0, element, problem, remedy)));
  }

  /** A fault if it is so. */
  void addIf(boolean isSo, String element, String problem, String remedy) {
    if (isSo) {
      add(element, problem, remedy);
    }
  }

  /** Something that FHIR has and this subset has not. */
  void unsupported(boolean isThere, String element) {
    addIf(isThere, element, "this is outside what mapping here can do", "leave it out");
  }

  void refuseIfAny() {
    if (!all.isEmpty()) {
      throw new InvalidMappingException(all);
    }
  }
}
