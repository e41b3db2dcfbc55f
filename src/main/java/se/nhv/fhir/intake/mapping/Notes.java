package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.List;

/** What a mapping did to one resource, and what it could not do. */
final class Notes {

  private final List<MappedResource.Difference> differences = new ArrayList<>();
  private final List<MappedResource.Failure> failures = new ArrayList<>();

  void changed(String rule, String element, String before, String after) {
    differences.add(new MappedResource.Difference(element, before, after, rule));
  }

  void failed(String rule, String reason) {
    MappedResource.Failure failure = new MappedResource.Failure(rule, reason);
    if (!failures.contains(failure)) {
      failures.add(failure);
    }
  }

  boolean anyChange() {
    return !differences.isEmpty();
  }

  List<MappedResource.Difference> differences() {
    return List.copyOf(differences);
  }

  List<MappedResource.Failure> failures() {
    return List.copyOf(failures);
  }
}
