package se.nhv.fhir.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.MetadataResource;
import org.springframework.context.annotation.Bean;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.run.EvaluationRun;
import se.nhv.fhir.run.UnitRun;
import se.nhv.fhir.store.ResourceStore;

/**
 * What the doors show of the content, and the runs that they start. Not found by scanning but named
 * by {@link NhvServer}, so that the doors can be opened over other rooms.
 */
class EvaluationConfiguration {

  /** The content that was built in; a fault in it stops the start. */
  @Bean
  Content content() {
    return Content.packed();
  }

  @Bean
  ConformanceResources conformanceResources(Content content) {
    Map<String, List<MetadataResource>> byType =
        content.resources(MetadataResource.class).stream()
            .collect(Collectors.groupingBy(MetadataResource::fhirType));
    return type -> byType.getOrDefault(type, List.of());
  }

  @Bean
  UnitRun unitRun(Content content, ResourceStore intakeStore, Reports reports) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new UnitRun(
        content,
        new EvaluationRun(new ReferenceEngine(content), processors),
        unit -> new StoredPatients(intakeStore, unit),
        reports);
  }

  @Bean
  MeasureEvaluation measureEvaluation(UnitRun run) {
    return run::evaluate;
  }

  @Bean
  ReportingRun reportingRun(UnitRun run) {
    return (unit, area, year, asOf) -> run.report(unit, area, year, asOf).reports();
  }
}
