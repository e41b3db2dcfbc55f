package se.nhv.fhir.intake.mapping;

import java.util.List;
import java.util.stream.Collectors;
import se.nhv.fhir.intake.RefusedResource;

/** A mapping has faults; all of them are told at once. */
public final class InvalidMappingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<RefusedResource> faults;

  /** With at least one fault. */
  public InvalidMappingException(List<RefusedResource> faults) {
    super(
        "the mapping has faults:\n"
            + faults.stream().map(it -> "  " + it.text()).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Each with the file or resource, the element, the problem and the way out. */
  public List<RefusedResource> faults() {
    return faults;
  }
}
