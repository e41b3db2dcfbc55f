package se.nhv.fhir.intake.pull;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.mapping.UnitMapping;
import se.nhv.fhir.measure.SystemCode;
import se.nhv.fhir.measure.Unit;

/** How a unit's source says what the criteria ask for. */
public interface CodeTranslation {

  /** For a source that uses the codes and elements of the data contract. */
  CodeTranslation IDENTITY =
      new CodeTranslation() {
        @Override
        public Optional<Set<SystemCode>> sourceCodes(String type, SystemCode code) {
          return Optional.of(Set.of(code));
        }

        @Override
        public boolean mayWrite(String type, String element) {
          return false;
        }
      };

  /**
   * Every code of the source that becomes that code, itself among them.
   *
   * @param type the resource type that is asked for
   * @return empty if there may be others: the source is then asked by type and date only, since a
   *     search by some of them would miss patients without a sign
   */
  Optional<Set<SystemCode>> sourceCodes(String type, SystemCode code);

  /** Whether the element may be written here: the source cannot be asked by it then. */
  boolean mayWrite(String type, String element);

  /** Back through the mapping that the unit has in force. */
  static CodeTranslation of(StoredMappings mappings, Unit unit) {
    return mappings.mapping(unit).map(CodeTranslation::through).orElse(IDENTITY);
  }

  private static CodeTranslation through(UnitMapping mapping) {
    return new CodeTranslation() {
      @Override
      public Optional<Set<SystemCode>> sourceCodes(String type, SystemCode code) {
        return mapping.sourceCodes(type, code.system(), code.code()).map(it -> and(code, it));
      }

      @Override
      public boolean mayWrite(String type, String element) {
        return mapping.mayWrite(type, element);
      }
    };
  }

  private static Set<SystemCode> and(SystemCode code, Set<SystemCode> local) {
    Set<SystemCode> all = new TreeSet<>(Set.of(code));
    all.addAll(local);
    return all;
  }
}
