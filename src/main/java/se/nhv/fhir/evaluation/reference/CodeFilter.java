package se.nhv.fhir.evaluation.reference;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.cql.engine.fhir.model.R4FhirModelResolver;
import org.opencds.cqf.cql.engine.runtime.Code;

/**
 * The code filter of a retrieve: codes or a value set, on a path of CodeableConcepts or Codings.
 */
final class CodeFilter {

  private final R4FhirModelResolver model;
  private final ValueSetTerminology terminology;

  CodeFilter(R4FhirModelResolver model, ValueSetTerminology terminology) {
    this.model = model;
    this.terminology = terminology;
  }

  boolean matches(
      Resource resource,
      String codePath,
      @Nullable Iterable<Code> codes,
      @Nullable String valueSet) {
    if (codes == null && valueSet == null) {
      return true;
    }
    return codings(model.resolvePath(resource, codePath))
        .anyMatch(
            coding ->
                valueSet != null
                    ? terminology.contains(valueSet, coding.getSystem(), coding.getCode())
                    : isAmong(coding, codes));
  }

  private static boolean isAmong(Coding coding, @Nullable Iterable<Code> codes) {
    return codes != null
        && StreamSupport.stream(codes.spliterator(), false)
            .anyMatch(
                c ->
                    c.getCode() != null
                        && c.getCode().equals(coding.getCode())
                        && c.getSystem() != null
                        && c.getSystem().equals(coding.getSystem()));
  }

  private static Stream<Coding> codings(@Nullable Object element) {
    if (element instanceof List<?> list) {
      return list.stream().flatMap(CodeFilter::codings);
    }
    if (element instanceof CodeableConcept concept) {
      return concept.getCoding().stream();
    }
    return element instanceof Coding coding ? Stream.of(coding) : Stream.empty();
  }
}
