package se.nhv.fhir.server;

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
import se.nhv.fhir.intake.bulk.BulkExport;
import se.nhv.fhir.intake.bulk.BulkLimits;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.pull.CodeTranslation;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.run.UnitRun;
import se.nhv.fhir.run.jobs.EndpointStates;
import se.nhv.fhir.run.jobs.Job;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobSchedule;
import se.nhv.fhir.run.jobs.JobSettings;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.run.jobs.PullEndpoint;
import se.nhv.fhir.run.jobs.PullJob;
import se.nhv.fhir.run.jobs.ReportJob;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** The jobs, and the endpoints that they ask. */
@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

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
      Reports reports,
      NhvProperties properties,
      Meters meters,
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
            meters));
    jobs.put(
        JobKind.REPORT,
        new ReportJob(
            (unit, area, year, asOf, beforeEach) ->
                runs.getObject().report(unit, area, year, asOf, beforeEach)));
    List<JobSchedule> schedules = new ArrayList<>();
    properties.endpoints().forEach(it -> schedules.addAll(ConfiguredEndpoints.schedules(it)));
    Retention retention = new Retention(properties);
    retention
        .job(database.intake(), content, reports, clock)
        .ifPresent(job -> jobs.put(JobKind.RETENTION, job));
    schedules.addAll(retention.schedules());
    JobsProperties settings = properties.jobs();
    return new Jobs(
        database,
        jobs,
        schedules,
        states,
        new JobSettings(settings.parallel(), settings.heartbeat()),
        meters,
        clock);
  }

  @Bean
  @Order(4)
  DoorPart jobsPart(
      ResourceStore intakeStore, Jobs jobs, Endpoints endpoints, EndpointStates states) {
    TaskShelf tasks = new TaskShelf(intakeStore);
    EndpointShelf health = new EndpointShelf(states);
    return new DoorPart(
        List.of(
            new JobsProvider(jobs, tasks),
            new PullProvider(jobs, endpoints.all()),
            new ReadProvider(health)),
        List.of(DoorType.versioned(tasks, DoorStatements.changeRun()), DoorType.read(health)),
        List.of(DoorStatements.pull()));
  }

  /** Opens the jobs behind the open doors. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> jobsOpener(Jobs jobs) {
    return ready -> new Thread(jobs::open, "jobs").start();
  }
}
