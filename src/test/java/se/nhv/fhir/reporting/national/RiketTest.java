package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.ProfileFiles;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;

/** Riket and other sets of units and years, by figures worked out by hand. */
class RiketTest {

  private static final String A = "SE2321000000-A";
  private static final String B = "SE2321000000-B";
  private static final String C = "SE2321000000-C";
  private static final MeasurementPeriod YEAR = MeasurementPeriod.calendarYear(2024);

  private final Riket riket = new Riket(UnitReport.CONTENT);
  private final Aggregation aggregation = new Aggregation(UnitReport.CONTENT);

  @Test
  void counts_and_strata_are_added() {
    MeasureReport pooled =
        riket(
            new UnitReport("NETB1-2.0.0", A, 2024)
                .counts(0, 7)
                .stratum(0, "kvinna", 4)
                .stratum(0, "man", 3)
                .stratum(1, "01", 5)
                .stratum(1, "14", 2)
                .counts(1, 6)
                .counts(3, 1),
            new UnitReport("NETB1-2.0.0", B, 2024)
                .counts(0, 3)
                .stratum(0, "kvinna", 3)
                .stratum(1, "01", 1)
                .stratum(1, "ej-folkbokford", 2)
                .counts(1, 2)
                .counts(4, 1));
    assertThat(pooled.getGroup())
        .extracting(g -> g.getPopulationFirstRep().getCount())
        .containsExactly(10, 8, 0, 1, 1);
    assertThat(strata(pooled, 0)).containsExactly("kvinna 7", "man 3");
    assertThat(strata(pooled, 1)).containsExactly("01 6", "14 2", "ej-folkbokford 2");
  }

  private static List<String> strata(MeasureReport report, int stratifier) {
    return report.getGroupFirstRep().getStratifier().get(stratifier).getStratum().stream()
        .map(
            s ->
                s.getValue().getCodingFirstRep().getCode()
                    + " "
                    + s.getPopulationFirstRep().getCount())
        .toList();
  }

  /** 4 of 10 − 2 and 3 of 6: 7 of 14. */
  @Test
  void a_proportion_is_that_of_the_sums() {
    MeasureReport pooled =
        riket(
            new UnitReport("NETP1-2.0.0", A, 2024).counts(0, 10, 10, 2, 4),
            new UnitReport("NETP1-2.0.0", B, 2024).counts(0, 6, 6, 0, 3));
    assertThat(pooled.getGroupFirstRep().getMeasureScore().getValue()).isEqualByComparingTo("0.5");
    MeasureReport none = riket(new UnitReport("NETP1-2.0.0", A, 2024));
    assertThat(none.getGroupFirstRep().hasMeasureScore()).isFalse();
  }

  /** 2, 4, 6 and 10: the mean is 22 ÷ 4, the squared deviations 35, the deviation √(35 ÷ 3). */
  @Test
  void mean_and_deviation_are_those_of_all_values_and_there_are_no_percentiles() {
    MeasureReport pooled =
        riket(
            new UnitReport("NETT1-2.0.0", A, 2024).values(3, "4", "2").bortfall("remiss-saknas", 2),
            new UnitReport("NETT1-2.0.0", B, 2024).values(1, "10", null),
            new UnitReport("NETT1-2.0.0", C, 2024).bortfall("remiss-saknas", 1));
    assertThat(statistic(pooled, "count")).isEqualByComparingTo("4");
    assertThat(statistic(pooled, "mean")).isEqualByComparingTo("5.5");
    assertThat(statistic(pooled, "standard-deviation")).isEqualByComparingTo("3.415650255319866");
    assertThat(List.of("p10", "median", "p90"))
        .allSatisfy(part -> assertThat(absence(pooled, part)).isEqualTo("not-applicable"));
    MeasureReportGroupComponent group = pooled.getGroupFirstRep();
    assertThat(group.getMeasureScore().getValue()).isEqualByComparingTo("5.5");
    assertThat(group.getMeasureScore().getCode()).isEqualTo("d");
    Extension bortfall = group.getExtensionByUrl(Canonicals.structureDefinition("bortfall"));
    assertThat(((IntegerType) bortfall.getExtensionByUrl("count").getValue()).getValue())
        .isEqualTo(3);
  }

  @Test
  void one_value_has_no_deviation_and_none_has_no_mean() {
    MeasureReport one =
        riket(
            new UnitReport("NETT1-2.0.0", A, 2024).values(1, "10", null),
            new UnitReport("NETT1-2.0.0", B, 2024));
    assertThat(statistic(one, "mean")).isEqualByComparingTo("10");
    assertThat(absence(one, "standard-deviation")).isEqualTo("not-applicable");
    MeasureReport none = riket(new UnitReport("NETT1-2.0.0", A, 2024));
    assertThat(absence(none, "mean")).isEqualTo("not-applicable");
    assertThat(none.getGroupFirstRep().hasMeasureScore()).isFalse();
  }

  @Test
  void patients_are_added_where_stays_are_counted() {
    MeasureReport pooled =
        riket(
            new UnitReport("NETR1-2.0.0", A, 2024).values(3, "4", "2").patients(2),
            new UnitReport("NETR1-2.0.0", B, 2024).values(1, "10", null));
    assertThat(statistic(pooled, "patients")).isEqualByComparingTo("3");
  }

  @Test
  void it_names_the_revisions_used_and_rests_on_the_latest_day() {
    UnitReport a = new UnitReport("NETT1-2.0.0", A, 2024).asOf("2025-03-20");
    UnitReport b = new UnitReport("NETT1-2.0.0", B, 2024);
    MeasureReport pooled = of(List.of(b.revision(1), a.revision(3)), List.of());
    assertThat(pooled.getExtensionsByUrl(Canonicals.structureDefinition("aggregerad-av")))
        .extracting(e -> ((Reference) e.getValue()).getReference())
        .containsExactly(
            "MeasureReport/NETT1-2.0.0-" + A + "-20240101-20241231/_history/3",
            "MeasureReport/NETT1-2.0.0-" + B + "-20240101-20241231/_history/1");
    assertThat(underlag(pooled, "asOf")).isEqualTo("2025-03-20");
    assertThat(pooled.getDateElement().getValueAsString()).isEqualTo("2025-03-20");
    assertThat(underlag(pooled, "contentHash"))
        .isEqualTo(UnitReport.measure("NETT1-2.0.0").contentHash());
    MeasureReport other = of(List.of(b.revision(2), a.revision(3)), List.of());
    assertThat(underlag(other, "snapshotHash")).isNotEqualTo(underlag(pooled, "snapshotHash"));
    MeasureReport turned = of(List.of(a.revision(3), b.revision(1)), List.of());
    assertThat(turned.equalsDeep(pooled)).isTrue();
  }

  @Test
  void it_says_which_units_are_missing_and_why_and_which_had_a_permit_for_a_part() {
    MeasureReport failed = new UnitReport("NETT1-2.0.0", C, 2024).values(9, "1", "1").revision(1);
    failed.setStatus(MeasureReportStatus.ERROR);
    MeasureReport masked = new UnitReport("NETT1-2.0.0", "SE-D", 2024).revision(1);
    UnitReport.mask(masked);
    MeasureReport foreign =
        new UnitReport("NETT1-2.0.0", "SE-E", 2024).values(9, "1", "1").revision(1);
    Extension basis = foreign.getExtensionByUrl(Canonicals.structureDefinition("underlag"));
    basis.getExtensionByUrl("contentHash").setValue(new StringType("other"));
    MeasureReport pooled =
        of(
            List.of(
                new UnitReport("NETT1-2.0.0", A, 2024).values(3, "4", "2").revision(1),
                failed,
                masked,
                foreign),
            List.of(
                permit(A, "2018-07-01", "2024-03-31"),
                permit(A, "2024-04-01", null),
                permit(B, "2024-10-01", "2025-12-31"),
                permit(C, "2018-07-01", null),
                permit("SE-OLD", "2018-07-01", "2023-12-31")));
    assertThat(about(pooled, "saknad-enhet"))
        .containsExactly("SE-D maskerad", "SE-E annat-innehall", B + " ej-inlamnad", C + " fel");
    assertThat(about(pooled, "del-av-period")).containsExactly(B + " 2024-10-01..2024-12-31");
    assertThat(statistic(pooled, "count")).isEqualByComparingTo("3");
    assertValid(pooled);
  }

  @Test
  void without_any_report_that_can_be_used_there_is_none() {
    MeasureReport failed = new UnitReport("NETT1-2.0.0", A, 2024).revision(1);
    failed.setStatus(MeasureReportStatus.ERROR);
    assertThat(riket.of(UnitReport.measure("NETT1-2.0.0"), YEAR, List.of(failed), List.of()))
        .isEmpty();
  }

  @Test
  void years_and_units_of_choice_are_pooled_with_the_union_of_their_periods() {
    MeasureReport pooled =
        aggregation.of(
            List.of(
                new UnitReport("SCTB2-1.0.0", A, 2023).values(3, "4", "2").revision(2),
                new UnitReport("SCTB2-1.0.0", A, 2024).values(1, "10", null).revision(1)));
    assertThat(statistic(pooled, "mean")).isEqualByComparingTo("5.5");
    assertThat(statistic(pooled, "standard-deviation")).isEqualByComparingTo("3.415650255319866");
    assertThat(pooled.getPeriod().getStartElement().getValueAsString()).isEqualTo("2023-01-01");
    assertThat(pooled.getPeriod().getEndElement().getValueAsString()).isEqualTo("2024-12-31");
    assertThat(pooled.getReporter().getIdentifier().getValue()).isEqualTo("urval");
    assertValid(pooled);
  }

  @Test
  void what_cannot_be_compared_or_would_be_counted_twice_is_not_pooled() {
    MeasureReport year = new UnitReport("NETT1-2.0.0", A, 2024).revision(1);
    refused(List.of(), "is empty");
    refused(List.of(year, new UnitReport("NETB2-2.0.0", B, 2024).revision(1)), "which differ");
    refused(
        List.of(year, new UnitReport("NETT1-1.0.0", B, "2023-04-01", "2023-12-31").revision(1)),
        "which differ");
    refused(List.of(year, year), "two reports of " + A);
    refused(
        List.of(year, new UnitReport("NETT1-2.0.0", B, 2022).revision(1)),
        "no report of the days from 2023-01-01 to 2023-12-31");
    MeasureReport masked = year.copy();
    UnitReport.mask(masked);
    refused(List.of(masked), "masked");
    refused(List.of(of(List.of(year), List.of())), "must be a unit");
    MeasureReport failed = year.copy();
    failed.setStatus(MeasureReportStatus.ERROR);
    refused(List.of(failed), "must be complete");
  }

  private void refused(List<MeasureReport> reports, String why) {
    assertThatThrownBy(() -> aggregation.of(reports)).hasMessageContaining(why);
  }

  private MeasureReport riket(UnitReport... reports) {
    return of(List.of(reports).stream().map(r -> r.revision(1)).toList(), List.of());
  }

  private MeasureReport of(List<MeasureReport> reports, List<ExpectedUnit> permits) {
    String id = reports.get(0).getMeasure().replaceFirst(".*/", "").replace('|', '-');
    return riket.of(UnitReport.measure(id), YEAR, reports, permits).orElseThrow();
  }

  private static ExpectedUnit permit(String unit, String from, @Nullable String to) {
    return new ExpectedUnit(
        new Unit(unit), LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
  }

  private static BigDecimal statistic(MeasureReport report, String part) {
    Extension found = part(report, part);
    return found.getValue() instanceof IntegerType count
        ? BigDecimal.valueOf(count.getValue())
        : ((Quantity) found.getValue()).getValue();
  }

  private static String absence(MeasureReport report, String part) {
    return ((CodeType) part(report, part).getValue().getExtension().get(0).getValue()).getCode();
  }

  private static Extension part(MeasureReport report, String part) {
    return report
        .getGroupFirstRep()
        .getExtensionByUrl(Canonicals.structureDefinition("statistik"))
        .getExtensionByUrl(part);
  }

  private static String underlag(MeasureReport report, String part) {
    Extension basis = report.getExtensionByUrl(Canonicals.structureDefinition("underlag"));
    return ((PrimitiveType<?>) basis.getExtensionByUrl(part).getValue()).getValueAsString();
  }

  private static List<String> about(MeasureReport report, String extension) {
    return report.getExtensionsByUrl(Canonicals.structureDefinition(extension)).stream()
        .map(
            e -> {
              String unit = ((Identifier) e.getExtensionByUrl("unit").getValue()).getValue();
              return e.getExtensionByUrl("reason") != null
                  ? unit + " " + ((CodeType) e.getExtensionByUrl("reason").getValue()).getCode()
                  : unit + " " + days((Period) e.getExtensionByUrl("period").getValue());
            })
        .toList();
  }

  private static String days(Period period) {
    return period.getStartElement().getValueAsString()
        + ".."
        + period.getEndElement().getValueAsString();
  }

  private static void assertValid(MeasureReport report) {
    String json = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(report);
    assertThat(
            ProfileFiles.validator()
                .validate(json, Canonicals.structureDefinition("matrapport"))
                .getIssue())
        .filteredOn(
            i -> i.getSeverity() == IssueSeverity.ERROR || i.getSeverity() == IssueSeverity.FATAL)
        .isEmpty();
  }
}
