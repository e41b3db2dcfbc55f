package se.nhv.fhir.intake.mapping;

import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/** Values in one short line, to be read beside each other. */
final class Texts {

  private Texts() {}

  static String of(List<? extends IBase> values) {
    return values.stream().map(Texts::of).collect(Collectors.joining(", "));
  }

  static String of(Coding coding) {
    return (coding.hasSystem() ? coding.getSystem() : "")
        + "|"
        + (coding.hasCode() ? coding.getCode() : "");
  }

  private static String of(IBase value) {
    if (value instanceof Coding coding) {
      return of(coding);
    }
    if (value instanceof CodeableConcept concept) {
      return of(concept.getCoding());
    }
    if (value instanceof Reference reference) {
      return String.valueOf(reference.getReference());
    }
    Base base = (Base) value;
    return base.isPrimitive() ? String.valueOf(base.primitiveValue()) : "(" + base.fhirType() + ")";
  }
}
