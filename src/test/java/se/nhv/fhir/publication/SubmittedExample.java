package se.nhv.fhir.publication;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.national.ExpectedUnit;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.store.ResourceStore;

/**
 * What two units have submitted for 2024 and a third has not. At A there are 3 women, so that the
 * number of men would give them away, and B has 3 values, too few for a mean, of one Measure and
 * none of another.
 */
public final class SubmittedExample {

  /** A unit. */
  public static final Unit A = new Unit("SE2321000016-A001");

  /** A unit with few values. */
  public static final Unit B = new Unit("SE2321000016-B001");

  /** A unit that owes reports and has submitted none. */
  public static final Unit MISSING = new Unit("SE2321000016-C001");

  /** The year in which they report. */
  public static final ReportingYear YEAR = new ReportingYear(2025);

  /** Hidden figures that are like no others, as FHIR, workbook and text would show them. */
  public static final List<String> HIDDEN =
      List.of("7316", "98765.4321", "98765,4321", "13579.2468", "13579,2468");

  /** A figure that is shown. */
  public static final String SHOWN = "7319";

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  /** The permits of the three, for whatever area. */
  static final ExpectedUnits PERMITS =
      area ->
          Stream.of(A, B, MISSING)
              .map(unit -> new ExpectedUnit(unit, LocalDate.of(2020, 1, 1), null))
              .toList();

  private SubmittedExample() {}

  /** Keeps the reports, and Riket from them. */
  public static void in(ResourceStore store) {
    national(store)
        .save(
            List.of(
                OwedReports.patients(A, 7316, 3),
                OwedReports.patients(B, 5003, 2600),
                OwedReports.values("NETT1-2.0.0", A, 31, "12.25", "3.5"),
                OwedReports.values("NETT1-2.0.0", B, 3, "98765.4321", "13579.2468"),
                OwedReports.values("NETR1-2.0.0", A, 40, "1.5", "0.5"),
                OwedReports.values("NETR1-2.0.0", B, 0, null, null)));
    received(store).refreshRiket();
  }

  /** Keeps a release that hides B only, which Riket less A gives away: no later one can mend it. */
  public static void keepCarelessly(ResourceStore store) {
    SubmittedReports submitted =
        SubmittedReports.of(YEAR, OwedReports.content(), received(store), PERMITS);
    Cube cube =
        new CubeReader()
            .read(
                submitted.unitsAndOwed(OwedReports.content()),
                submitted.national(),
                submitted.expected());
    Releases releases = new Releases(store, FHIR);
    Set<CellKey> ofB =
        cube.cells().keySet().stream()
            .filter(cell -> cell.report().reporter().equals(B.hsaId()))
            .collect(Collectors.toSet());
    releases.keep(
        Release.of(
            releases.latest() + 1, LocalDate.of(2025, 5, 1), DisclosurePolicy.DEFAULT, cube, ofB));
  }

  static NationalReports received(ResourceStore store) {
    return new NationalReports(store, FHIR, OwedReports.content(), PERMITS, Clock.systemUTC());
  }

  static Reports national(ResourceStore store) {
    return Reports.in(NationalReports.PARTITION, store, FHIR);
  }
}
