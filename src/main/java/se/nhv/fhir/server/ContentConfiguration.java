package se.nhv.fhir.server;

import java.time.Clock;
import org.hl7.fhir.r4.model.MetadataResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.NestedExceptionUtils;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.quality.DataRules;
import se.nhv.fhir.intake.quality.DetectedIssues;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.run.EvaluationListener;
import se.nhv.fhir.run.EvaluationRun;
import se.nhv.fhir.run.FactCsv;
import se.nhv.fhir.run.QualityRun;
import se.nhv.fhir.run.UnitRun;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.evaluate.MeasureEvaluation;
import se.nhv.fhir.server.evaluate.ReportingRun;
import se.nhv.fhir.server.mapping.Remappings;
import se.nhv.fhir.server.quality.DataQuality;
import se.nhv.fhir.store.ResourceStore;

/**
 * What the doors show of the content, and the runs that they start. Not found by scanning but named
 * by {@link NhvServer}, so that the doors can be opened over other rooms.
 */
class ContentConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ContentConfiguration.class);

  /** The content that was built in: read when first asked for, which takes some seconds. */
  @Bean
  @Lazy
  Content content() {
    return Content.packed();
  }

  @Bean
  @Lazy
  UnitRun unitRun(
      Content content,
      ResourceStore intakeStore,
      Reports reports,
      StoredMappings mappings,
      Remappings remappings,
      EvaluationListener listener) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new UnitRun(
        content,
        new EvaluationRun(new ReferenceEngine(content), processors),
        unit -> new StoredPatients(intakeStore, unit),
        reports,
        unit -> {
          remappings.goOn(unit);
          return mappings.settledVersion(unit).orElse(ReportSubject.NO_MAPPING);
        },
        listener);
  }

  @Bean
  ConformanceResources conformanceResources(ObjectProvider<Content> content) {
    return type ->
        content.getObject().resources(MetadataResource.class).stream()
            .filter(resource -> resource.fhirType().equals(type))
            .toList();
  }

  @Bean
  MeasureEvaluation measureEvaluation(ObjectProvider<UnitRun> run) {
    return (unit, measure, period, asOf) -> run.getObject().evaluate(unit, measure, period, asOf);
  }

  @Bean
  ReportingRun reportingRun(ObjectProvider<UnitRun> run) {
    return (unit, area, year, asOf) -> run.getObject().report(unit, area, year, asOf).reports();
  }

  @Bean
  @Lazy
  Quality quality(Content content, ResourceStore intakeStore, Clock clock) {
    return new Quality(content, intakeStore, clock);
  }

  @Bean
  @Lazy
  QualityRun qualityRun(Content content, Quality quality, UnitRun run) {
    return new QualityRun(content, quality, run);
  }

  @Bean
  DataQuality dataQuality(ObjectProvider<QualityRun> run, ObjectProvider<Content> content) {
    return (unit, area, year, asOf) ->
        new DataQuality.Answer(
            run.getObject().report(unit, area, year, asOf),
            new DetectedIssues(DataRules.of(content.getObject())),
            new FactCsv(content.getObject()));
  }

  /**
   * Reads the content behind the open doors, so that the server is ready for pushes seconds
   * earlier; who asks for content meanwhile waits for it. A fault in it stops the server.
   */
  @Bean
  ApplicationListener<ApplicationReadyEvent> contentReader(ObjectProvider<UnitRun> run) {
    return ready ->
        new Thread(() -> readContent(run, ready.getApplicationContext()), "content").start();
  }

  private static void readContent(
      ObjectProvider<UnitRun> run, ConfigurableApplicationContext context) {
    try {
      run.getObject();
    } catch (BeansException e) {
      if (context.isActive()) { // else it was stopped meanwhile
        LOG.error(
            "The server stops: {}", NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        context.close();
      }
    }
  }
}
