package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.SystemCode;

/**
 * What ConceptMaps do to a resource: in a CodeableConcept the contract's Codings are added after
 * the local ones, where they are not there yet; a Coding that stands alone is replaced.
 */
record CodeMapping(CodeTable table) {

  void apply(Resource resource, Notes notes) {
    if (!table.isEmpty()) {
      CodingWalk.of(resource, new Writer(notes));
    }
  }

  private final class Writer implements CodingWalk.Visitor {

    private final Notes notes;

    Writer(Notes notes) {
      this.notes = notes;
    }

    @Override
    public void concept(String path, CodeableConcept concept) {
      List<CodeTable.Target> missing = new ArrayList<>();
      for (Coding coding : concept.getCoding()) {
        table.reached(code(coding)).values().stream()
            .filter(it -> !missing.contains(it) && !holds(concept, it.code()))
            .forEach(missing::add);
      }
      missing.stream()
          .sorted()
          .forEach(
              it -> {
                Coding added = coding(it);
                concept.addCoding(added);
                notes.changed(it.map(), path + ".coding", "", Texts.of(added));
              });
    }

    @Override
    public void lone(String path, Coding coding) {
      Set<CodeTable.Target> ends = table.ends(code(coding));
      if (ends.size() > 1) {
        notes.failed(
            ends.iterator().next().map(),
            "several targets for a Coding at " + path + ", which holds one");
      } else if (ends.size() == 1) {
        CodeTable.Target end = ends.iterator().next();
        String before = Texts.of(coding);
        coding.setSystem(end.code().system()).setCode(end.code().code());
        coding.setDisplay(end.display()).setVersion(null);
        notes.changed(end.map(), path, before, Texts.of(coding));
      }
    }

    private static boolean holds(CodeableConcept concept, SystemCode code) {
      return concept.getCoding().stream().anyMatch(it -> code(it).equals(code));
    }

    private static Coding coding(CodeTable.Target target) {
      return new Coding(target.code().system(), target.code().code(), target.display());
    }
  }

  /** System and code of a Coding; empty where it has none. */
  static SystemCode code(Coding coding) {
    return new SystemCode(
        coding.hasSystem() ? coding.getSystem() : "", coding.hasCode() ? coding.getCode() : "");
  }
}
