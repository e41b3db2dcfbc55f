package se.nhv.fhir.server.jobs;

import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.PatientRetention;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.obligation.ReportProgress;
import se.nhv.fhir.reporting.obligation.SubmittedPastDue;
import se.nhv.fhir.run.NeededData;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobRequest;
import se.nhv.fhir.run.jobs.JobSchedule;
import se.nhv.fhir.run.jobs.RetentionJob;
import se.nhv.fhir.server.settings.EndpointProperties;
import se.nhv.fhir.server.settings.NhvProperties;
import se.nhv.fhir.server.settings.RetentionProperties;
import se.nhv.fhir.store.ResourceStore;

/** Retention as the settings say it. */
record Retention(NhvProperties properties) {

  /** The job; empty while patient data are kept for ever. */
  Optional<RetentionJob> job(
      ResourceStore intakeStore,
      ObjectProvider<Content> content,
      ReportProgress progress,
      Clock clock) {
    Period after = properties.retention().afterFinal();
    return after == null
        ? Optional.empty()
        : Optional.of(
            new RetentionJob(
                new PatientRetention(intakeStore, clock),
                () -> new NeededData(content.getObject(), new SubmittedPastDue(progress, after)),
                this::areas,
                clock));
  }

  /** One a day for each unit that the settings name. */
  List<JobSchedule> schedules() {
    return properties.retention().afterFinal() == null
        ? List.of()
        : units()
            .map(
                unit ->
                    new JobSchedule(
                        "retention/" + unit,
                        properties.retention().schedule(),
                        JobRequest.of(unit, JobKind.RETENTION)))
            .toList();
  }

  private Stream<Unit> units() {
    return Stream.of(
            properties.access().tokens().stream().flatMap(it -> Stream.ofNullable(it.unit())),
            properties.endpoints().stream().map(EndpointProperties::unit),
            properties.retention().units().stream().map(RetentionProperties.UnitAreas::unit))
        .flatMap(it -> it)
        .distinct()
        .map(Unit::new);
  }

  /** Those that the settings name; else those of all its endpoints if each names some; else all. */
  private List<Area> areas(Unit unit) {
    List<List<String>> named =
        properties.retention().units().stream()
            .filter(it -> it.unit().equals(unit.hsaId()))
            .map(RetentionProperties.UnitAreas::areas)
            .toList();
    List<List<String>> found =
        named.isEmpty()
            ? properties.endpoints().stream()
                .filter(it -> it.unit().equals(unit.hsaId()))
                .map(EndpointProperties::areas)
                .toList()
            : named;
    return found.stream().anyMatch(List::isEmpty)
        ? List.of()
        : found.stream().flatMap(List::stream).distinct().map(Area::new).toList();
  }
}
