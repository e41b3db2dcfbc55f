package se.nhv.fhir.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.Collection;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.r4.model.MetadataResource;

/**
 * What a validator may know: FHIR R4 itself, the code systems that HAPI carries, and our own
 * definitions. It reaches no network. The chain keeps its own cache.
 */
final class ConformanceSupport {

  private ConformanceSupport() {}

  static IValidationSupport of(
      FhirContext context, Collection<? extends MetadataResource> definitions) {
    PrePopulatedValidationSupport own = new PrePopulatedValidationSupport(context);
    // A copy, because snapshots are written into what is added here.
    definitions.forEach(definition -> own.addResource(definition.copy()));
    InMemoryTerminologyServerValidationSupport terminology =
        new InMemoryTerminologyServerValidationSupport(context);
    // A hospital may call a code what it likes; the code decides.
    terminology.setIssueSeverityForCodeDisplayMismatch(
        IValidationSupport.IssueSeverity.INFORMATION);
    return new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        own,
        new CommonCodeSystemsTerminologyService(context),
        terminology,
        new SnapshotGeneratingValidationSupport(context));
  }
}
