package se.nhv.fhir.reporting.national;

import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports.Owed;

/** Reports of real Measures with few figures, for tests of other packages. */
public final class OwedReports {

  private OwedReports() {}

  /** The content whose Measures they are of. */
  public static Content content() {
    return UnitReport.CONTENT;
  }

  /** A report of what is owed, which could not evaluate that many patients. */
  public static MeasureReport of(Unit unit, Owed owed, int count) {
    return new UnitReport(
            owed.measure().id(),
            unit.hsaId(),
            owed.period().start().toString(),
            owed.period().end().toString())
        .bortfall("ej-utvarderbar", count)
        .report();
  }

  /** NET B1 of 2024: so many men and women. */
  public static MeasureReport patients(Unit unit, int men, int women) {
    return new UnitReport("NETB1-2.0.0", unit.hsaId(), 2024)
        .counts(0, men + women)
        .stratum(0, "man", men)
        .stratum(0, "kvinna", women)
        .stratum(1, "01", men + women)
        .report();
  }

  /**
   * A continuous-variable Measure for 2024: so many values of that mean and standard deviation,
   * null where there is none.
   */
  public static MeasureReport values(
      String measure, Unit unit, int count, @Nullable String mean, @Nullable String deviation) {
    return new UnitReport(measure, unit.hsaId(), 2024).values(count, mean, deviation).report();
  }

  /** NET B1 of 2024, as it is owed in 2025, which could not evaluate that many patients. */
  public static MeasureReport of(Unit unit, int count) {
    return new UnitReport("NETB1-2.0.0", unit.hsaId(), 2024)
        .bortfall("ej-utvarderbar", count)
        .report();
  }
}
