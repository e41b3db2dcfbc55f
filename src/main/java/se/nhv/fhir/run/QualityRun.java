package se.nhv.fhir.run;

import java.time.LocalDate;
import java.util.List;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.quality.KeptFact;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;

/** A unit's data errors by Measure, from what is in the store. Safe for use by many threads. */
public final class QualityRun {

  private final Quality quality;
  private final UnitRun run;
  private final QualityByMeasure byMeasure;

  /** Over those rooms. */
  public QualityRun(Content content, Quality quality, UnitRun run) {
    this.quality = quality;
    this.run = run;
    this.byMeasure = new QualityByMeasure(content);
  }

  /**
   * Judges the unit's data anew, keeps the facts, and evaluates what the area owes in that year
   * without keeping it.
   *
   * @throws NothingOwedException if the area owes nothing that year
   */
  public QualityReport report(Unit unit, Area area, ReportingYear year, LocalDate asOf) {
    RunOutcome outcome = run.evaluate(unit, area, year, asOf);
    List<KeptFact> facts = quality.refresh(unit);
    return byMeasure.of(outcome.reports(), facts);
  }
}
