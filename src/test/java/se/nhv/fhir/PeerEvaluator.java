package se.nhv.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.opencds.cqf.fhir.cql.EvaluationSettings;
import org.opencds.cqf.fhir.cr.measure.MeasureEvaluationOptions;
import org.opencds.cqf.fhir.cr.measure.common.MeasurePeriodValidator;
import org.opencds.cqf.fhir.cr.measure.r4.R4MultiMeasureService;
import org.opencds.cqf.fhir.utility.monad.Eithers;
import org.opencds.cqf.fhir.utility.repository.InMemoryFhirRepository;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.RawResource;

/**
 * The cases on the evaluator of clinical-reasoning: it loads and translates the CQL by its own
 * settings, retrieves itself, and counts, scores and stratifies by its own rules. The CQL engine
 * and translator below it are the libraries that ours run on too, so a fault in those shows only
 * against the figures worked out by hand. Not safe for use by several threads.
 */
final class PeerEvaluator {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  private final FhirContext fhir = FhirContext.forR4Cached();
  private final IParser parser = fhir.newJsonParser();
  private final UnaryOperator<Measure> spelling;
  private final PeerLibraries libraries;
  private final Map<String, MeasureDefinition> measures = new TreeMap<>();
  private final Map<String, Measure> spelled = new HashMap<>();

  /** On the Measures as {@link PeerMeasure} spells them. */
  PeerEvaluator(Content content) {
    this(content, PeerMeasure::of);
  }

  /** On the Measures as that function spells them. */
  PeerEvaluator(Content content, UnaryOperator<Measure> spelling) {
    this.spelling = spelling;
    this.libraries = new PeerLibraries(content);
    content.measures().forEach(m -> measures.put(m.reference().id(), m));
  }

  /**
   * The peer's report.
   *
   * @throws IllegalStateException if the peer met an error, which it tells in the report only
   */
  MeasureReport report(MeasureCase measureCase) {
    MeasureDefinition definition = measures.get(measureCase.measureId());
    if (definition == null) {
      throw new IllegalArgumentException("there is no Measure " + measureCase.measureId());
    }
    MeasureReport input = measureCase.expected();
    LocalDate asOf = LocalDate.parse(input.getDateElement().getValueAsString());
    Bundle everything = new Bundle();
    libraries.forRun(definition.libraryId(), asOf).forEach(r -> add(everything, r));
    for (RawResource resource : measureCase.resources()) {
      add(everything, (Resource) parser.parseResource(resource.text()));
    }
    MeasureReport report =
        evaluate(
            spelled.computeIfAbsent(
                measureCase.measureId(), id -> spelling.apply(definition.resource())),
            input,
            new InMemoryFhirRepository(fhir, everything),
            libraries.settings(definition.libraryId(), asOf));
    return PeerBeside.told(checked(report));
  }

  /** Both days are whole: a date alone would end the period as its last day begins. */
  private static MeasureReport evaluate(
      Measure measure,
      MeasureReport input,
      InMemoryFhirRepository repository,
      EvaluationSettings settings) {
    LocalDate first = LocalDate.parse(input.getPeriod().getStartElement().getValueAsString());
    LocalDate last = LocalDate.parse(input.getPeriod().getEndElement().getValueAsString());
    ZonedDateTime start = first.atStartOfDay(STOCKHOLM);
    ZonedDateTime end = last.plusDays(1).atStartOfDay(STOCKHOLM).minusSeconds(1);
    MeasureEvaluationOptions options =
        new MeasureEvaluationOptions().setEvaluationSettings(settings);
    return new R4MultiMeasureService(repository, options, "", new MeasurePeriodValidator())
        .evaluate(
            Eithers.forRight3(measure),
            start,
            end,
            "population",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
  }

  private static MeasureReport checked(MeasureReport report) {
    List<String> errors =
        report.getContained().stream()
            .filter(OperationOutcome.class::isInstance)
            .flatMap(o -> ((OperationOutcome) o).getIssue().stream())
            .map(i -> i.getDiagnostics())
            .toList();
    if (report.getStatus() != MeasureReportStatus.COMPLETE || !errors.isEmpty()) {
      throw new IllegalStateException("the peer's report is " + report.getStatus() + ": " + errors);
    }
    return report;
  }

  private static void add(Bundle bundle, Resource resource) {
    bundle.addEntry().setResource(resource);
  }
}
