package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * Data after the as-of day do not exist: the report is the same whether they are there or have been
 * taken away, type by type as the common rules of the indicators list them.
 */
class AsOfTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
  private static final Content CONTENT = Content.packed();
  private static final EvaluationRun RUN = new EvaluationRun(new ReferenceEngine(CONTENT), 2);

  /** What dates a resource: without it on or before the as-of day, the resource is not there. */
  private static final Map<String, List<String>> DATES =
      Map.of(
          "Procedure", List.of("/performedDateTime", "/performedPeriod/start"),
          "Observation", List.of("/effectiveDateTime"),
          "CarePlan", List.of("/created"),
          "QuestionnaireResponse", List.of("/authored"),
          "Condition", List.of("/onsetDateTime", "/recordedDate"),
          "Communication", List.of("/sent"),
          "DocumentReference", List.of("/date"),
          "Encounter", List.of("/period/start"));

  @ParameterizedTest
  @ValueSource(strings = {"2024-12-31", "2025-02-10", "2025-06-30"})
  void whatIsDatedLaterDoesNotExist(String asOf) {
    LocalDate day = LocalDate.parse(asOf);
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      List<PatientRecord> whole = patients(unit);
      List<PatientRecord> known = whole.stream().map(p -> knownBy(p, day)).toList();
      assertThat(known).isNotEqualTo(whole);
      for (int year : List.of(2024, 2025, 2026)) {
        assertThat(figures(unit, known, year, day))
            .as("%s, reporting year %d", unit.unit(), year)
            .isEqualTo(figures(unit, whole, year, day));
      }
    }
  }

  /** The comparison can fail: another day gives other figures. */
  @Test
  void theDayDecides() {
    SyntheticUnit unit = SyntheticHospitals.units().get(0);
    List<PatientRecord> patients = patients(unit);
    assertThat(figures(unit, patients, 2025, LocalDate.of(2025, 2, 10)))
        .isNotEqualTo(figures(unit, patients, 2025, LocalDate.of(2025, 6, 30)));
  }

  private static List<PatientRecord> patients(SyntheticUnit unit) {
    SyntheticCare care = new SyntheticCare(unit, 11, CareYears.NET_2022_TO_2025);
    return unit.areas().keySet().stream()
        .flatMap(area -> care.patients(area).limit(40))
        .map(SyntheticPatient::record)
        .toList();
  }

  private static List<String> figures(
      SyntheticUnit unit, List<PatientRecord> patients, int year, LocalDate asOf) {
    EvaluationRequest request =
        new OwedMeasures(CONTENT)
            .request(
                unit.areas().keySet().stream().map(CareArea::area).toList(),
                new ReportingYear(year),
                asOf);
    ReportSubject subject = new ReportSubject(unit.unit(), asOf, ReportSubject.NO_MAPPING);
    RunOutcome outcome = RUN.evaluate(new ListedPatients(patients), request, subject, done -> {});
    assertThat(outcome.notEvaluable()).isEmpty();
    return outcome.reports().stream().map(AsOfTest::figures).toList();
  }

  /** The report without the hash of its data, which are others. */
  private static String figures(MeasureReport report) {
    MeasureReport figures = report.copy();
    figures.getExtension().clear();
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(figures);
  }

  private static PatientRecord knownBy(PatientRecord patient, LocalDate asOf) {
    List<RawResource> known = new ArrayList<>();
    for (RawResource resource : patient.resources()) {
      ObjectNode json = read(resource);
      boolean isLater =
          DATES.getOrDefault(resource.type(), List.of()).stream()
              .map(path -> day(json.at(path)))
              .flatMap(Optional::stream)
              .findFirst()
              .filter(day -> day.isAfter(asOf))
              .isPresent();
      if (!isLater) {
        forget(json, asOf);
        known.add(new RawResource(resource.type(), resource.id(), bytes(json)));
      }
    }
    return new PatientRecord(patient.id(), known);
  }

  /** Takes away what a resource that is there says of later days. */
  private static void forget(ObjectNode json, LocalDate asOf) {
    if (isAfter(json.path("deceasedDateTime"), asOf)) {
      json.remove("deceasedDateTime");
    }
    if (isAfter(json.at("/period/end"), asOf)) {
      json.withObjectProperty("period").remove("end");
      json.put("status", "in-progress");
    }
    if (isAfter(json.path("authoredOn"), asOf)) {
      json.remove("authoredOn");
    }
    Iterator<JsonNode> extensions = json.path("extension").elements();
    while (extensions.hasNext()) {
      if (isAfter(extensions.next().path("valueDateTime"), asOf)) {
        extensions.remove();
      }
    }
    if (json.path("extension").isEmpty()) {
      json.remove("extension");
    }
  }

  private static boolean isAfter(JsonNode date, LocalDate asOf) {
    return day(date).filter(day -> day.isAfter(asOf)).isPresent();
  }

  /** The civil date in Stockholm; empty if it is not told to the day. */
  private static Optional<LocalDate> day(JsonNode date) {
    String text = date.asText();
    if (text.length() < 10) {
      return Optional.empty();
    }
    return Optional.of(
        text.length() == 10
            ? LocalDate.parse(text)
            : OffsetDateTime.parse(text).atZoneSameInstant(STOCKHOLM).toLocalDate());
  }

  private static ObjectNode read(RawResource resource) {
    try {
      return (ObjectNode) JSON.readTree(resource.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
