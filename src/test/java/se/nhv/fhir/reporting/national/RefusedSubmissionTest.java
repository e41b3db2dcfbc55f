package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.ReportRefusedException;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** What no unit can submit: neither is kept, nor repeated in the answer. */
@SuppressWarnings("NullAway.Init")
class RefusedSubmissionTest {

  private static final String A = "SE2321000000-A";
  private static final String B = "SE2321000000-B";
  private static final String ID = "NETT1-2.0.0-" + A + "-20240101-20241231";

  /** A made-up name and number that nothing may let through or repeat. */
  private static final String CANARY = "Kanarie 19121212-1212";

  private StoreDatabase database;
  private NationalReports national;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")));
    national =
        new NationalReports(
            database.reports(),
            FhirContext.forR4Cached(),
            UnitReport.CONTENT,
            area -> List.of(),
            Clock.fixed(Instant.parse("2025-04-01T12:00:00Z"), ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    database.close();
  }

  static Stream<Arguments> sign_offs_that_are_none() {
    return Stream.of(
        arguments("godkand once", change(s -> s.remove(1))),
        arguments("is there twice", change(s -> s.add(s.get(0).copy()))),
        arguments("another person", change(s -> who(s.get(1)).setValue(" se2321000000-p1 "))),
        arguments("personal number", change(s -> who(s.get(1)).setValue("191212121212"))),
        arguments("must be a person's", change(s -> who(s.get(0)).setValue(null))),
        arguments(
            "person's name", change(s -> s.get(0).getAgentFirstRep().getWho().setDisplay(null))),
        arguments(
            "of other content",
            change(s -> s.get(0).getExtension().get(0).setValue(new StringType("0")))),
        arguments("innehallshash) is missing", change(s -> s.get(0).setExtension(null))));
  }

  static Stream<Arguments> sign_offs_of_something_else() {
    return Stream.of(
        arguments("recorded is missing", change(s -> s.get(0).setRecorded(null))),
        arguments(
            "not be before granskad",
            change(s -> s.get(1).setRecordedElement(new InstantType("2025-03-01T09:00:00Z")))),
        arguments(
            "the same version",
            change(
                s ->
                    s.get(1)
                        .getTargetFirstRep()
                        .setReference("MeasureReport/" + ID + "/_history/4"))),
        arguments(
            "target must be", change(s -> s.get(1).getTargetFirstRep().setReference("Patient/1"))),
        arguments(
            "the unit that reports",
            change(
                s ->
                    s.get(1).getAgentFirstRep().setOnBehalfOf(new Reference("Organization/" + B)))),
        arguments(
            "granskad, godkand or inlamnad",
            change(s -> s.get(1).getActivity().getCodingFirstRep().setCode("mottagen"))),
        arguments(
            "code of rapportsteg",
            change(s -> s.get(1).getActivity().getCodingFirstRep().setSystem("urn:x"))));
  }

  static Stream<Arguments> sign_offs_that_hold_more() {
    return Stream.of(
        arguments(
            "text holds more",
            change(s -> s.get(0).getText().setDivAsString("<div>" + CANARY + "</div>"))),
        arguments(
            "entity holds more",
            change(s -> s.get(0).addEntity().setWhat(new Reference("Patient/1")))),
        arguments("target holds more", change(s -> s.get(0).addTarget().setReference("Patient/1"))),
        arguments(
            "agent holds more",
            change(
                s -> s.get(0).getAgentFirstRep().setType(new CodeableConcept().setText(CANARY)))),
        arguments(
            "extension holds more",
            change(s -> s.get(0).addExtension("urn:x", new StringType(CANARY)))),
        arguments(
            "extension holds more",
            change(s -> s.get(0).addExtension(SignedStep.HASH, new StringType(CANARY)))),
        arguments(
            "activity holds more",
            change(s -> s.get(0).getActivity().getCodingFirstRep().setDisplay(CANARY))),
        arguments("must be a person's", change(s -> who(s.get(0)).setSystem("urn:" + CANARY))),
        arguments(
            "reason holds more",
            change(
                s ->
                    s.get(0)
                        .addReason(new CodeableConcept().setText("x"))
                        .addReason()
                        .setText(CANARY))),
        arguments(
            "signature holds more",
            change(s -> s.get(0).addSignature().setWho(new Reference("Patient/1")))),
        arguments(
            "display is too long",
            change(s -> s.get(0).getAgentFirstRep().getWho().setDisplay(CANARY))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "sign_offs_that_are_none",
    "sign_offs_of_something_else",
    "sign_offs_that_hold_more"
  })
  void a_report_that_is_not_signed_off_by_two_is_refused(
      String why, Consumer<List<Provenance>> change) {
    MeasureReport report = report(3, "4", "2");
    List<Provenance> signOffs = Signed.off(report);
    change.accept(signOffs);
    assertThatThrownBy(() -> national.receive(new Unit(A), report, signOffs, 1, null))
        .isInstanceOf(ReportRefusedException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("Kanarie");
    assertThat(national.read(ID)).isEmpty();
    assertThat(national.steps(ID, 1)).isEmpty();
  }

  static Stream<Arguments> reports_that_are_not_owed() {
    return Stream.of(
        arguments("MeasureReport.subject", report(r -> r.setSubject(new Reference("Patient/1")))),
        arguments("status must be complete", report(r -> r.setStatus(MeasureReportStatus.ERROR))),
        arguments("is no Measure", report(r -> r.setMeasure(Canonicals.measure("X") + "|1.0.0"))),
        arguments("identifier must be", report(r -> r.getIdentifierFirstRep().setValue("x"))),
        arguments(
            "contentHash",
            report(
                r -> r.getExtension().get(0).getExtension().get(0).setValue(new StringType("x")))),
        arguments("asOf", report(r -> r.getExtension().get(0).getExtension().remove(3))),
        arguments("group must be", report(r -> r.addGroup(r.getGroupFirstRep().copy()))),
        arguments(
            "population must be", report(r -> r.getGroupFirstRep().getPopulation().remove(0))),
        arguments(
            "count must be",
            report(r -> r.getGroupFirstRep().getPopulationFirstRep().setCount(-1))));
  }

  static Stream<Arguments> reports_with_figures_that_cannot_be() {
    return Stream.of(
        arguments("lacks statistik", report(r -> r.getGroupFirstRep().setExtension(null))),
        arguments("is owed in no year", new UnitReport("NETT1-2.0.0", A, 2022).report()),
        arguments("is owed in no year", new UnitReport("NETT1-2.0.0", A, 2025).report()),
        arguments(
            "asOf must be after",
            new UnitReport("NETT1-2.0.0", A, 2024).asOf("2024-12-31").report()),
        arguments(
            "asOf must not be in the future",
            new UnitReport("NETT1-2.0.0", A, 2024).asOf("2025-04-03").report()),
        arguments("is owed in no year", new UnitReport("BBCB1-0.1.0", A, 2024).report()),
        arguments("unit that submits", new UnitReport("NETT1-2.0.0", B, 2024).report()),
        arguments(
            "mean is missing",
            new UnitReport("NETT1-2.0.0", A, 2024).values(2, null, "1").report()),
        arguments(
            "deviation is missing",
            new UnitReport("NETT1-2.0.0", A, 2024).values(2, "1", null).report()),
        arguments(
            "too few values", new UnitReport("NETT1-2.0.0", A, 2024).values(1, "1", "1").report()),
        arguments(
            "does not sum to its group",
            new UnitReport("NETB1-2.0.0", A, 2024).counts(0, 3).report()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"reports_that_are_not_owed", "reports_with_figures_that_cannot_be"})
  void a_report_that_is_not_as_its_measure_says_is_refused(String why, MeasureReport report) {
    assertThatThrownBy(() -> national.receive(new Unit(A), report, signOffs(report), 1, null))
        .isInstanceOf(ReportRefusedException.class)
        .hasMessageContaining(why);
    assertThat(national.find(ReportQuery.all(10)).total()).isZero();
  }

  /** Bound to the report as well as can be; what is wrong with the report is found first. */
  private static List<Provenance> signOffs(MeasureReport report) {
    return report.getMeasure().endsWith("/X|1.0.0") ? List.of() : Signed.off(report);
  }

  private static MeasureReport report(Consumer<MeasureReport> change) {
    MeasureReport report = report(3, "4", "2");
    change.accept(report);
    return report;
  }

  private static MeasureReport report(int count, String mean, String deviation) {
    return new UnitReport("NETT1-2.0.0", A, 2024).values(count, mean, deviation).report();
  }

  private static Consumer<List<Provenance>> change(Consumer<List<Provenance>> change) {
    return change;
  }

  private static Identifier who(Provenance step) {
    return step.getAgentFirstRep().getWho().getIdentifier();
  }
}
