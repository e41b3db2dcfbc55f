package se.nhv.fhir.content;

import java.util.List;
import java.util.stream.Collectors;

/** The content has faults; all of them are listed. */
public final class InvalidContentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ContentFault> faults;

  /** With at least one fault. */
  public InvalidContentException(List<ContentFault> faults) {
    super(
        faults.size()
            + " faults in the content:\n"
            + faults.stream().map(f -> "  " + f).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Every fault, in the order of the files. */
  public List<ContentFault> faults() {
    return faults;
  }
}
