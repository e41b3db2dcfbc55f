package se.nhv.fhir.server;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MetadataResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.quality.DataRules;
import se.nhv.fhir.intake.quality.DetectedIssues;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.run.EvaluationRun;
import se.nhv.fhir.run.FactCsv;
import se.nhv.fhir.run.QualityRun;
import se.nhv.fhir.run.UnitRun;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.evaluate.MeasureEvaluation;
import se.nhv.fhir.server.evaluate.ReportingRun;
import se.nhv.fhir.server.quality.DataQuality;
import se.nhv.fhir.store.ResourceStore;

/**
 * What the rooms of evaluation and content give the doors, made small. Without @Configuration, so
 * that only the tests that name it get it.
 */
class RoomsForTests {

  @Bean
  ConformanceResources conformanceResources() {
    Library library = new Library();
    library.setUrl(Canonicals.library("PROV")).setName("PROV").setVersion("1.0.0");
    library.setId("PROV-1.0.0");
    List<MetadataResource> measures =
        List.of(measure("PROVB1", "1.0.0"), measure("PROVB1", "2.0.0"), measure("PROVT1", "1.0.0"));
    return type ->
        switch (type) {
          case "Measure" -> measures;
          case "Library" -> List.of(library);
          default -> List.of();
        };
  }

  /** For jobs only, which ask for it when they run. */
  @Bean
  @Lazy
  Content content() {
    return Content.packed();
  }

  /** For jobs only, too. */
  @Bean
  @Lazy
  Quality quality(Content content, ResourceStore intakeStore, Clock clock) {
    return new Quality(content, intakeStore, clock);
  }

  private static Measure measure(String name, String version) {
    Measure measure = new Measure();
    measure.setUrl(Canonicals.measure(name)).setVersion(version).setName(name);
    measure.setStatus(PublicationStatus.ACTIVE).setId(name + "-" + version);
    measure.addIdentifier().setSystem(Canonicals.identifier("matt")).setValue(name.substring(4));
    return measure;
  }

  @Bean
  MeasureEvaluation measureEvaluation() {
    return (unit, measure, period, asOf) -> {
      if (measure.name().equals("PROVT1")) {
        throw new IllegalArgumentException("PROVT1 is a development indicator without content");
      }
      MeasureReport report = new MeasureReport();
      report.setMeasure(measure.canonical());
      report.setDate(Date.from(Instant.parse(asOf + "T00:00:00Z")));
      report.getReporter().setReference("Organization/" + unit.hsaId());
      report.getPeriod().getStartElement().setValueAsString(period.start().toString());
      report.getPeriod().getEndElement().setValueAsString(period.end().toString());
      return report;
    };
  }

  @Bean
  ReportingRun reportingRun() {
    return (unit, area, year, asOf) -> {
      if (year.value() < 2024) {
        throw new IllegalArgumentException("Area " + area + " owes nothing in " + year);
      }
      List<MeasureReport> reports = new ArrayList<>();
      for (String name : Stream.of("PROVB1", "PROVB2").sorted(Comparator.naturalOrder()).toList()) {
        MeasureReport report = new MeasureReport();
        report.setMeasure(Canonicals.measure(name) + "|1.0.0");
        report.getReporter().setReference("Organization/" + unit.hsaId());
        report.setId(name + "-1.0.0-" + unit.hsaId());
        reports.add(report);
      }
      return reports;
    };
  }

  /** The real one, with the real content, read when it is first asked for. */
  @Bean
  DataQuality dataQuality(
      ObjectProvider<Content> packed, ResourceStore intakeStore, Reports reports, Clock clock) {
    return (unit, area, year, asOf) -> {
      Content content = packed.getObject();
      UnitRun run =
          new UnitRun(
              content,
              new EvaluationRun(new ReferenceEngine(content), 1),
              it -> new StoredPatients(intakeStore, it),
              reports,
              it -> ReportSubject.NO_MAPPING,
              (it, outcome, took) -> {});
      return new DataQuality.Answer(
          new QualityRun(content, new Quality(content, intakeStore, clock), run)
              .report(unit, area, year, asOf),
          new DetectedIssues(DataRules.of(content)),
          new FactCsv(content));
    };
  }
}
