package se.nhv.fhir.content;

import java.util.List;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

public final class ResourceValidator {
  public ResourceValidator(
      List<StructureDefinition> profiles, List<ValueSet> valueSets, List<CodeSystem> codeSystems) {}
}
