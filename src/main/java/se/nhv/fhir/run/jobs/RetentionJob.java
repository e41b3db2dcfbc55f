package se.nhv.fhir.run.jobs;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import se.nhv.fhir.intake.PatientRetention;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.NeededData;

/**
 * Deletes the patients whose data no report can need any more; the Task says how many, never who.
 *
 * @param needed read when a job runs, for it asks for the content
 * @param areas the areas of a unit; empty for all
 */
public record RetentionJob(
    PatientRetention retention,
    Supplier<NeededData> needed,
    Function<Unit, List<Area>> areas,
    Clock clock)
    implements Job {

  @Override
  public JobOutcome run(JobRequest request, JobControl control) {
    Unit unit = request.unit();
    Optional<LocalDate> from = needed.get().from(unit, areas.apply(unit), LocalDate.now(clock));
    if (from.isEmpty()) {
      return new JobOutcome(
          true, List.of(JobOutcome.Result.text("note", "no report is owed: nothing is deleted")));
    }
    PatientRetention.Outcome outcome =
        retention.purge(unit, from.get(), () -> control.done("steps", 1));
    return new JobOutcome(
        true,
        List.of(
            JobOutcome.Result.text("needed-from", from.get().toString()),
            JobOutcome.Result.count("patients-deleted", outcome.patients()),
            JobOutcome.Result.count("resources-deleted", outcome.resources()),
            JobOutcome.Result.count("patients-kept", outcome.kept()),
            JobOutcome.Result.count("patients-kept-without-date", outcome.undated()),
            JobOutcome.Result.count("patients-kept-unreadable", outcome.unreadable())));
  }
}
