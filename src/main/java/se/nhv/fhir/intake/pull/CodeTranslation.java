package se.nhv.fhir.intake.pull;

import java.util.Optional;
import java.util.Set;
import se.nhv.fhir.content.ValueSetExpansions.SystemCode;

/** The codes by which a unit's source says what the criteria say by theirs. */
@FunctionalInterface
public interface CodeTranslation {

  /** For a source that uses the codes of the data contract. */
  CodeTranslation IDENTITY = code -> Optional.of(Set.of(code));

  /**
   * Every code of the source that is mapped to that code.
   *
   * @return empty if there may be others: the source is then asked by type and date only, since a
   *     search by some of them would miss patients without a sign
   */
  Optional<Set<SystemCode>> sourceCodes(SystemCode code);
}
