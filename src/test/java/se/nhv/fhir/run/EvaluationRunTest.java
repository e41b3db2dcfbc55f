package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.evaluation.Engine;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.Tally;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.PatientGrouping;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticUnit;

class EvaluationRunTest {

  private static final Content CONTENT = Content.packed();
  private static final Engine ENGINE = new ReferenceEngine(CONTENT);
  private static final Unit UNIT = new Unit("SE0000000000-NET1");
  private static final LocalDate AS_OF = LocalDate.of(2025, 3, 15);
  private static final EvaluationRequest REQUEST =
      new OwedMeasures(CONTENT).request(new Area("net"), new ReportingYear(2025), AS_OF);

  /** Some patients of each area that the unit gives. */
  private static List<PatientRecord> patientsOfAllAreas(SyntheticUnit unit) {
    SyntheticCare care = new SyntheticCare(unit, 7, CareYears.NET_2022_TO_2025);
    return unit.areas().keySet().stream()
        .flatMap(area -> care.patients(area).limit(50))
        .map(SyntheticPatient::record)
        .toList();
  }

  private static List<PatientRecord> patients(int count) {
    return new SyntheticNetCare(SyntheticHospitals.units().get(0), 7, CareYears.NET_2022_TO_2025)
        .records(count)
        .toList();
  }

  private static RunOutcome run(List<PatientRecord> patients, int threads) {
    return run(patients, REQUEST, threads);
  }

  private static RunOutcome run(
      List<PatientRecord> patients, EvaluationRequest request, int threads) {
    return new EvaluationRun(ENGINE, threads)
        .evaluate(
            new ListedPatients(patients),
            request,
            new ReportSubject(UNIT, request.asOf(), ReportSubject.NO_MAPPING),
            done -> {});
  }

  private static List<String> json(List<MeasureReport> reports) {
    return reports.stream()
        .map(r -> FhirContext.forR4Cached().newJsonParser().encodeResourceToString(r))
        .toList();
  }

  @Test
  void noFigureDependsOnTheOrderOrTheNumberOfThreads() {
    SyntheticUnit unit = SyntheticHospitals.units().get(2);
    List<PatientRecord> patients = patientsOfAllAreas(unit);
    List<Area> areas = unit.areas().keySet().stream().map(CareArea::area).toList();
    EvaluationRequest all =
        new OwedMeasures(CONTENT).request(areas, new ReportingYear(2025), AS_OF);
    List<PatientRecord> shuffled = new ArrayList<>();
    Random random = new Random(3);
    for (PatientRecord patient : patients) {
      List<RawResource> resources = new ArrayList<>(patient.resources());
      Collections.shuffle(resources, random);
      shuffled.add(new PatientRecord(patient.id(), resources));
    }
    Collections.shuffle(shuffled, random);
    assertThat(json(run(shuffled, all, 3).reports()))
        .isEqualTo(json(run(patients, all, 1).reports()));
  }

  /** Of the area one Measure speaks of another year than the rest. */
  @Test
  void eachMeasureSaysInARunWithAllOthersWhatItSaysAlone() {
    LocalDate asOf = LocalDate.of(2026, 3, 15);
    Area area = new Area("abk");
    EvaluationRequest all = new OwedMeasures(CONTENT).request(area, new ReportingYear(2026), asOf);
    assertThat(all.measures().stream().map(MeasureRequest::period).distinct()).hasSize(2);
    List<PatientRecord> patients =
        Content.load(ContentFiles.in(Path.of(""))).cases().stream()
            .filter(c -> c.measureId().equals("ABKP1-1.0.0"))
            .flatMap(c -> PatientGrouping.of(c.resources()).stream())
            .toList();
    List<String> alone = new ArrayList<>();
    for (MeasureRequest measure : all.measures()) {
      EvaluationRequest one = new EvaluationRequest(List.of(measure), asOf);
      alone.addAll(json(run(patients, one, 1).reports()));
    }
    assertThat(json(run(patients, all, 1).reports())).isEqualTo(alone);
  }

  @Test
  void aChangedResourceChangesTheSnapshot() {
    List<PatientRecord> patients = patients(2);
    PatientRecord first = patients.get(0);
    RawResource changed =
        RawResource.of(
            "Patient", first.id(), "{\"resourceType\":\"Patient\",\"id\":\"" + first.id() + "\"}");
    List<RawResource> resources = new ArrayList<>(first.resources());
    resources.removeIf(r -> r.type().equals("Patient"));
    resources.add(changed);
    List<PatientRecord> other = List.of(new PatientRecord(first.id(), resources), patients.get(1));
    assertThat(snapshot(run(other, 1))).isNotEqualTo(snapshot(run(patients, 1)));
  }

  @Test
  void onePatientWhoCannotBeEvaluatedIsCountedAndNamedAndTheOthersGoOn() {
    List<PatientRecord> good = patients(40);
    List<PatientRecord> withBad = new ArrayList<>(good);
    withBad.add(
        17,
        new PatientRecord(
            "unreadable",
            List.of(
                RawResource.of(
                    "Patient",
                    "unreadable",
                    "{\"resourceType\":\"Patient\",\"id\":\"unreadable\",\"birthDate\":\"19xx\"}"))));
    RunOutcome outcome = run(withBad, 2);
    RunOutcome without = run(good, 2);

    assertThat(outcome.patients()).isEqualTo(41);
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.notEvaluable()).hasSize(1);
    assertThat(outcome.notEvaluable().get(0).patientId()).isEqualTo("unreadable");
    assertThat(outcome.notEvaluable().get(0).reason()).contains("Patient/unreadable", "birthDate");
    for (int m = 0; m < outcome.reports().size(); m++) {
      for (int g = 0; g < outcome.reports().get(m).getGroup().size(); g++) {
        var group = outcome.reports().get(m).getGroup().get(g);
        var expected = without.reports().get(m).getGroup().get(g);
        assertThat(group.getPopulation().stream().map(p -> p.getCount()))
            .isEqualTo(expected.getPopulation().stream().map(p -> p.getCount()).toList());
        assertThat(
                group.getExtensionsByUrl(Canonicals.structureDefinition("bortfall")).stream()
                    .map(b -> b.getExtensionByUrl("reason").getValue().primitiveValue()))
            .contains(Tally.NOT_EVALUABLE);
      }
    }
  }

  @Test
  void anElementThatFhirDoesNotKnowDecidesNothing() {
    RawResource patient =
        RawResource.of(
            "Patient",
            "vendor",
            "{\"resourceType\":\"Patient\",\"id\":\"vendor\",\"vendorSpecific\":{\"a\":1}}");
    RunOutcome outcome = run(List.of(new PatientRecord("vendor", List.of(patient))), 1);
    assertThat(outcome.notEvaluable()).isEmpty();
  }

  @Test
  void anEmptyUnitGetsReportsOfZero() {
    RunOutcome outcome = run(List.of(), 2);
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.reports())
        .hasSize(7)
        .allSatisfy(
            r ->
                assertThat(r.getGroup())
                    .allSatisfy(
                        g -> {
                          assertThat(g.hasMeasureScore()).isFalse();
                          assertThat(g.getPopulation()).allMatch(p -> p.getCount() == 0);
                        }));
  }

  @Test
  void aYearThatOwesNothingSaysWhatIsOwed() {
    OwedMeasures owed = new OwedMeasures(CONTENT);
    assertThatThrownBy(() -> owed.request(new Area("net"), new ReportingYear(2020), AS_OF))
        .isInstanceOf(NothingOwedException.class)
        .hasMessageContaining("2020");
    assertThatThrownBy(() -> owed.request(new Area("xyz"), new ReportingYear(2025), AS_OF))
        .isInstanceOf(NothingOwedException.class)
        .hasMessageContaining("net");
  }

  @Test
  void anEngineThatBreaksEndsTheRunWithItsCause() {
    Engine broken =
        request -> {
          throw new IllegalStateException("no such library");
        };
    EvaluationRun run = new EvaluationRun(broken, 2);
    ReportSubject subject = new ReportSubject(UNIT, AS_OF, ReportSubject.NO_MAPPING);
    PatientSource source = new ListedPatients(Collections.nCopies(2000, patients(1).get(0)));
    assertThatThrownBy(() -> run.evaluate(source, REQUEST, subject, done -> {}))
        .hasMessageContaining("no such library");
  }

  private static String snapshot(RunOutcome outcome) {
    return outcome
        .reports()
        .get(0)
        .getExtensionByUrl(Canonicals.structureDefinition("underlag"))
        .getExtensionByUrl("snapshotHash")
        .getValue()
        .primitiveValue();
  }
}
