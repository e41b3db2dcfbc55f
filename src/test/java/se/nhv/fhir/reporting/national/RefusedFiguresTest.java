package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.ReportRefusedException;

/** Figures that cannot be, and what stands in a report beside its figures; by one change each. */
class RefusedFiguresTest {

  private static final String A = "SE2321000000-A";

  /** A made-up number and a formula that nothing may let through or repeat. */
  private static final String CANARY = "19900101-1234";

  private static final String FORMULA = "=HYPERLINK(\"http://x\")";

  private static final ReceiptChecks CHECKS =
      new ReceiptChecks(UnitReport.CONTENT, area -> List.of(), Clock.systemUTC());

  private static UnitReport proportion() {
    return new UnitReport("NETP1-2.0.0", A, 2024).counts(0, 10, 10, 2, 4).score("0.5");
  }

  private static UnitReport values() {
    return new UnitReport("NETT1-2.0.0", A, 2024).values(3, "4", "2").bortfall("remiss-saknas", 2);
  }

  private static UnitReport strata() {
    return new UnitReport("NETB1-2.0.0", A, 2024)
        .counts(0, 3)
        .stratum(0, "man", 2)
        .stratum(0, "kvinna", 1)
        .stratum(1, "01", 3);
  }

  private static void require(MeasureReport report) {
    CHECKS.require(SubmittedReport.of(report, UnitReport.CONTENT));
  }

  @Test
  void as_they_are_they_are_taken() {
    for (UnitReport report : List.of(proportion(), values(), strata())) {
      assertThatCode(() -> require(report.report())).doesNotThrowAnyException();
    }
    UnitReport twelveDigits = proportion().counts(0, 30, 30, 0, 20).score("0.666666666667");
    assertThatCode(() -> require(twelveDigits.report())).doesNotThrowAnyException();
    UnitReport stays = new UnitReport("NETR1-2.0.0", A, 2024).values(3, "4", "2").patients(2);
    assertThatCode(() -> require(stays.report())).doesNotThrowAnyException();
  }

  static Stream<Arguments> proportions() {
    return Stream.of(
        arguments("group[0].measureScore.value", proportion().score("0.95").report()),
        arguments("group[0].measureScore.value", proportion().score("0.4").report()),
        arguments("group[0].measureScore.value", proportion().score("50").report()),
        arguments(
            "group[0].measureScore", change(proportion(), group -> group.setMeasureScore(null))),
        arguments(
            "group[0].measureScore", proportion().counts(0, 2, 2, 2, 0).score("0.5").report()),
        arguments(
            "group[0].measureScore.code",
            change(proportion(), group -> group.getMeasureScore().setCode("%"))),
        arguments(
            "numerator above its denominator", proportion().counts(0, 20, 20, 0, 25).report()),
        arguments("numerator above its denominator", proportion().counts(0, 10, 10, 2, 9).report()),
        arguments("more exclusions and exceptions", proportion().counts(0, 10, 10, 11, 0).report()),
        arguments(
            "denominator above its initial-population",
            proportion().counts(0, 9, 10, 2, 4).report()),
        arguments("is too large", proportion().counts(0, 10_000_000, 10, 2, 4).report()));
  }

  static Stream<Arguments> statistics() {
    return Stream.of(
        arguments(
            "group[0].measureScore.value",
            change(values(), group -> group.getMeasureScore().setValue(5))),
        arguments("count is not the count", values().counts(0, 3, 3, 2).report()),
        arguments("more measure-observations", values().counts(0, 3, 2, 3).report()),
        arguments("measure-population above", values().counts(0, 2, 3, 3).report()),
        arguments("median is not between", values().percentiles("2", "7", "6").report()),
        arguments("median is not between", values().percentiles("5", "4", "6").report()),
        arguments(
            "median must stand with",
            change(values(), group -> part(group, "statistik", "p90").setValue(absent()))),
        arguments(
            "standard-deviation is below zero",
            new UnitReport("NETT1-2.0.0", A, 2024).values(3, "4", "-2").report()),
        arguments(
            "mean must have at most",
            new UnitReport("NETT1-2.0.0", A, 2024).values(3, "1E+900", "2").report()),
        arguments(
            "patients cannot be",
            new UnitReport("NETR1-2.0.0", A, 2024).values(3, "4", "2").patients(4).report()),
        arguments(
            "patients cannot be",
            new UnitReport("NETR1-2.0.0", A, 2024).values(3, "4", "2").patients(0).report()));
  }

  static Stream<Arguments> codes() {
    return Stream.of(
        arguments(
            "stratum.value must be a code",
            strata().counts(0, 4).stratum(0, CANARY, 1).stratum(1, "03", 1).report()),
        arguments(
            "stratum.value must be a code",
            strata().counts(0, 4).stratum(0, FORMULA, 1).stratum(1, "03", 1).report()),
        arguments(
            "stratum.value must be a code",
            strata().counts(0, 4).stratum(0, "03", 1).stratum(1, "03", 1).report()),
        arguments("bortfall).reason must be a code", values().bortfall(CANARY, 1).report()),
        arguments("bortfall).reason must be a code", values().bortfall(FORMULA, 1).report()),
        arguments("snapshotHash must be", basis("snapshotHash", CANARY)),
        arguments("mappingVersion must be", basis("mappingVersion", CANARY)),
        arguments(
            "group[0].code.coding[0].display",
            change(values(), group -> group.getCode().getCodingFirstRep().setDisplay(FORMULA))),
        arguments(
            "group[0].code.coding",
            change(values(), group -> group.getCode().addCoding(new Coding().setCode(CANARY)))),
        arguments(
            "population[1].code.coding[0].display",
            change(
                values(),
                group ->
                    group
                        .getPopulation()
                        .get(1)
                        .getCode()
                        .getCodingFirstRep()
                        .setDisplay(FORMULA))));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments(
            "stratum.value.coding[0].display",
            change(
                strata(),
                group ->
                    group
                        .getStratifierFirstRep()
                        .getStratumFirstRep()
                        .getValue()
                        .getCodingFirstRep()
                        .setDisplay(FORMULA))),
        arguments(
            "stratum.measureScore",
            change(
                strata(),
                group ->
                    group
                        .getStratifierFirstRep()
                        .getStratumFirstRep()
                        .setMeasureScore(new Quantity(1)))),
        arguments(
            "measureScore.unit",
            change(values(), group -> group.getMeasureScore().setUnit(FORMULA))),
        arguments(
            "extension(data-absent-reason)",
            change(
                new UnitReport("NETT1-2.0.0", A, 2024).values(1, "4", null),
                group ->
                    part(group, "statistik", "standard-deviation")
                        .getValue()
                        .getExtension()
                        .get(0)
                        .setValue(new CodeType(CANARY)))));
  }

  static Stream<Arguments> parts_of_the_report() {
    return Stream.of(
        arguments(
            "statistik).mean must stand once",
            change(
                values(),
                group ->
                    group
                        .getExtension()
                        .get(0)
                        .addExtension("mean", part(group, "statistik", "mean").getValue()))),
        arguments(
            "extension(statistik) must stand once",
            change(values(), group -> group.addExtension(group.getExtension().get(0).copy()))),
        arguments("reporter.display", report(r -> r.getReporter().setDisplay(CANARY))),
        arguments(
            "reporter.identifier.value",
            report(r -> r.getReporter().getIdentifier().setValue(CANARY))),
        arguments(
            "MeasureReport.extension",
            report(
                r ->
                    r.addExtension(
                        Canonicals.structureDefinition("aggregerad-av"),
                        new Reference("MeasureReport/" + CANARY)))),
        arguments(
            "MeasureReport.extension", report(r -> r.addExtension(r.getExtension().get(0).copy()))),
        arguments(
            "improvementNotation",
            report(r -> r.getImprovementNotation().getCodingFirstRep().setDisplay(FORMULA))),
        arguments("MeasureReport.date", report(r -> r.getDateElement().setValueAsString("1990"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"proportions", "statistics", "codes", "texts", "parts_of_the_report"})
  void any_other_is_refused_with_its_place_and_never_repeated(String why, MeasureReport report) {
    assertThatThrownBy(() -> require(report))
        .isInstanceOf(ReportRefusedException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(CANARY)
        .hasMessageNotContaining("HYPERLINK");
  }

  private static MeasureReport basis(String part, String value) {
    return report(
        r ->
            r.getExtensionByUrl(Canonicals.structureDefinition("underlag"))
                .getExtensionByUrl(part)
                .setValue(new StringType(value)));
  }

  private static MeasureReport report(Consumer<MeasureReport> change) {
    MeasureReport report = values().report();
    change.accept(report);
    return report;
  }

  private static MeasureReport change(
      UnitReport unchanged, Consumer<MeasureReportGroupComponent> change) {
    MeasureReport report = unchanged.report();
    change.accept(report.getGroupFirstRep());
    return report;
  }

  private static Extension part(MeasureReportGroupComponent group, String url, String part) {
    return group.getExtensionByUrl(Canonicals.structureDefinition(url)).getExtensionByUrl(part);
  }

  private static Quantity absent() {
    Quantity quantity = new Quantity();
    quantity.addExtension(
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
        new CodeType("not-applicable"));
    return quantity;
  }
}
