package se.nhv.fhir.server.jobs;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.bulk.BulkExport;
import se.nhv.fhir.intake.bulk.BulkLimits;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.pull.CodeTranslation;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.reporting.obligation.ReportProgress;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.run.UnitRun;
import se.nhv.fhir.run.jobs.EndpointStates;
import se.nhv.fhir.run.jobs.Job;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobListener;
import se.nhv.fhir.run.jobs.JobSchedule;
import se.nhv.fhir.run.jobs.JobSettings;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.run.jobs.PullEndpoint;
import se.nhv.fhir.run.jobs.PullJob;
import se.nhv.fhir.run.jobs.ReportJob;
import se.nhv.fhir.run.jobs.SubmitJob;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.StoredShelf;
import se.nhv.fhir.server.settings.JobsProperties;
import se.nhv.fhir.server.settings.NhvProperties;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** The jobs, and the endpoints that they ask. */
@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

  private static final List<SearchParameter> TASK_PARAMETERS =
      List.of(
          SearchParameter.identifier(),
          new SearchParameter(
              "status",
              SearchParameter.Kind.CODE,
              "requested, in-progress, completed, failed or cancelled."),
          new SearchParameter(
              "code", SearchParameter.Kind.CODE, "pull, report, submit or retention."),
          SearchParameter.reference(
              "focus", "Endpoint", "The endpoint of a pull: Endpoint/ and its id, or the id."));

  /** The endpoints of the settings. */
  record Endpoints(List<PullEndpoint> all) {}

  @Bean
  Endpoints endpoints(NhvProperties properties) {
    return new Endpoints(properties.endpoints().stream().map(ConfiguredEndpoints::of).toList());
  }

  @Bean
  EndpointStates endpointStates(
      ResourceStore intakeStore, Endpoints endpoints, Meters meters, Clock clock) {
    EndpointStates states = new EndpointStates(intakeStore, endpoints.all(), clock);
    endpoints.all().forEach(it -> meters.watch(it.id(), states, clock));
    return states;
  }

  @Bean
  Jobs jobs(
      StoreDatabase database,
      Intake intake,
      StoredMappings mappings,
      Endpoints endpoints,
      EndpointStates states,
      ObjectProvider<UnitRun> runs,
      ObjectProvider<Quality> quality,
      ObjectProvider<Content> content,
      ReportProgress progress,
      Submissions submissions,
      NhvProperties properties,
      JobListener listener,
      Clock clock) {
    Map<JobKind, Job> jobs = new EnumMap<>(JobKind.class);
    jobs.put(
        JobKind.PULL,
        new PullJob(
            () -> new RequirementsPull(intake, database.intake(), content.getObject()),
            unit -> CodeTranslation.of(mappings, unit),
            new BulkExport(
                intake, database.intake(), properties.jobs().workFolder(), BulkLimits.defaults()),
            endpoints.all(),
            unit -> quality.getObject().refresh(unit),
            listener));
    jobs.put(
        JobKind.REPORT,
        new ReportJob(
            (unit, area, year, asOf, beforeEach) ->
                runs.getObject().report(unit, area, year, asOf, beforeEach)));
    jobs.put(JobKind.SUBMIT, new SubmitJob(submissions));
    List<JobSchedule> schedules = new ArrayList<>();
    properties.endpoints().forEach(it -> schedules.addAll(ConfiguredEndpoints.schedules(it)));
    Retention retention = new Retention(properties);
    retention
        .job(database.intake(), content, progress, clock)
        .ifPresent(job -> jobs.put(JobKind.RETENTION, job));
    schedules.addAll(retention.schedules());
    JobsProperties settings = properties.jobs();
    return new Jobs(
        database,
        jobs,
        schedules,
        states,
        new JobSettings(settings.parallel(), settings.heartbeat()),
        listener,
        clock);
  }

  @Bean
  @Order(4)
  DoorPart jobsPart(
      ResourceStore intakeStore, Jobs jobs, Endpoints endpoints, EndpointStates states) {
    StoredShelf tasks = new StoredShelf(intakeStore, "Task", Partitions::runs, TASK_PARAMETERS);
    EndpointShelf health = new EndpointShelf(states);
    return new DoorPart(
        Door.INTAKE,
        List.of(
            new JobsProvider(jobs, tasks),
            new PullProvider(jobs, endpoints.all()),
            new ReadProvider(health)),
        List.of(DoorType.versioned(tasks, JobsProvider.CHANGE), DoorType.read(health)),
        List.of(PullProvider.PULL));
  }

  /** Opens the jobs behind the open doors. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> jobsOpener(Jobs jobs) {
    return ready -> new Thread(jobs::open, "jobs").start();
  }
}
