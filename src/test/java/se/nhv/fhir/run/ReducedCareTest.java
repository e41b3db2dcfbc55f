package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.content.CodeFilter;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.DataRequirement;
import se.nhv.fhir.content.PatientAnchor;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.SystemCode;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * Data cut down, Measure by Measure, to what its requirements ask for (patients found by its
 * anchors, resources of its filters, elements that its criteria read) give the same report.
 */
class ReducedCareTest {

  private static final Content CONTENT = Content.packed();
  private static final ReferenceEngine ENGINE = new ReferenceEngine(CONTENT);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 15);

  static Stream<SyntheticUnit> units() {
    return SyntheticHospitals.units().stream();
  }

  @ParameterizedTest
  @MethodSource("units")
  void someCareAndWhatIsRequiredOfItGiveTheSameReports(SyntheticUnit unit) {
    assertReducedCareGivesTheSameReports(unit, 25);
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("units")
  void allCareAndWhatIsRequiredOfItGiveTheSameReports(SyntheticUnit unit) {
    assertReducedCareGivesTheSameReports(unit, Integer.MAX_VALUE);
  }

  private static void assertReducedCareGivesTheSameReports(SyntheticUnit unit, int most) {
    SyntheticCare care = new SyntheticCare(unit, 20230401, CareYears.NET_2022_TO_2025);
    List<PatientRecord> patients =
        unit.areas().keySet().stream()
            .flatMap(area -> care.patients(area).limit(most))
            .map(SyntheticPatient::record)
            .toList();
    for (CareArea area : unit.areas().keySet()) {
      for (int year : List.of(2024, 2025, 2026)) {
        compare(unit, area, year, patients);
      }
    }
  }

  private static void compare(
      SyntheticUnit unit, CareArea area, int year, List<PatientRecord> patients) {
    EvaluationRequest all;
    try {
      all = new OwedMeasures(CONTENT).request(area.area(), new ReportingYear(year), AS_OF);
    } catch (NothingOwedException e) {
      return;
    }
    List<MeasureReport> whole = reports(unit, all, patients);
    for (int i = 0; i < whole.size(); i++) {
      MeasureRequest one = all.measures().get(i);
      List<PatientRecord> reduced = patients.stream().flatMap(p -> reduced(p, one)).toList();
      EvaluationRequest alone = new EvaluationRequest(List.of(one), AS_OF);
      assertThat(figures(reports(unit, alone, reduced).get(0)))
          .as("%s at %s", one.measure().reference(), unit.unit())
          .isEqualTo(figures(whole.get(i)));
      assertThat(bytes(reduced)).isLessThan(bytes(patients));
    }
  }

  private static Stream<PatientRecord> reduced(PatientRecord patient, MeasureRequest request) {
    var reference = request.measure().reference();
    boolean found =
        CONTENT.requirements(reference).anchors().stream()
            .anyMatch(
                anchor -> patient.resources().stream().anyMatch(r -> isIt(r, anchor, request)));
    if (!found) {
      return Stream.empty();
    }
    List<RawResource> kept = new ArrayList<>();
    for (RawResource resource : patient.resources()) {
      JsonNode json = json(resource);
      Set<String> elements = new HashSet<>(Set.of("resourceType", "id", "subject"));
      boolean wanted = resource.type().equals("Patient");
      for (DataRequirement one : CONTENT.dataRequirements(reference)) {
        if (one.type().equals(resource.type()) && passes(json, one.codeFilters())) {
          wanted = true;
          elements.addAll(one.elements());
        }
      }
      if (wanted) {
        kept.add(only(resource, json, elements));
      }
    }
    return Stream.of(new PatientRecord(patient.id(), kept));
  }

  private static boolean isIt(RawResource resource, PatientAnchor anchor, MeasureRequest request) {
    JsonNode json = json(resource);
    return resource.type().equals(anchor.type())
        && passes(json, anchor.codeFilters())
        && (anchor.dates().isEmpty()
            || anchor.dates().contains("extension")
            || anchor.dates().stream().anyMatch(date -> mayLieIn(json, date, request)));
  }

  /** By the text of the value, within a day of the period. */
  private static boolean mayLieIn(JsonNode json, String element, MeasureRequest request) {
    String first = request.period().start().minusDays(1).toString();
    String last = request.period().end().plusDays(1).toString();
    List<String> texts = new ArrayList<>();
    json.properties().stream()
        .filter(it -> it.getKey().startsWith(element))
        .forEach(it -> texts.addAll(texts(it.getValue())));
    return texts.stream()
        .anyMatch(it -> it.compareTo(first) >= 0 && it.substring(0, 10).compareTo(last) <= 0);
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isTextual() && value.asText().length() >= 10) {
      texts.add(value.asText());
    }
    value.forEach(it -> texts.addAll(texts(it)));
    return texts;
  }

  private static boolean passes(JsonNode json, List<CodeFilter> filters) {
    return filters.isEmpty()
        || filters.stream()
            .anyMatch(
                filter ->
                    json.path(filter.path()).findParents("code").stream()
                        .anyMatch(
                            it ->
                                filter
                                    .codes()
                                    .contains(
                                        new SystemCode(
                                            it.path("system").asText(),
                                            it.path("code").asText()))));
  }

  private static RawResource only(RawResource resource, JsonNode json, Set<String> elements) {
    var less = JSON.createObjectNode();
    json.properties().stream()
        .filter(it -> elements.stream().anyMatch(e -> isElement(it.getKey(), e)))
        .forEach(it -> less.set(it.getKey(), it.getValue()));
    return RawResource.of(resource.type(), resource.id(), less.toString());
  }

  /** The element itself, or one of a type: performedDateTime of performed. */
  private static boolean isElement(String key, String element) {
    return key.equals(element)
        || (key.startsWith(element)
            && key.length() > element.length()
            && Character.isUpperCase(key.charAt(element.length())));
  }

  private static List<MeasureReport> reports(
      SyntheticUnit unit, EvaluationRequest request, List<PatientRecord> patients) {
    return new EvaluationRun(ENGINE, 2)
        .evaluate(
            new ListedPatients(patients),
            request,
            new ReportSubject(unit.unit(), AS_OF, ReportSubject.NO_MAPPING),
            done -> {})
        .reports();
  }

  /** All but what tells which data the report rests on. */
  private static String figures(MeasureReport report) {
    MeasureReport figures = report.copy();
    figures.getExtension().clear();
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(figures);
  }

  private static long bytes(List<PatientRecord> patients) {
    return patients.stream()
        .flatMap(it -> it.resources().stream())
        .mapToLong(it -> it.json().length)
        .sum();
  }

  private static JsonNode json(RawResource resource) {
    try {
      return JSON.readTree(resource.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
