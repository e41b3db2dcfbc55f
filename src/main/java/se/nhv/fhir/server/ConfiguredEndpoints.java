package se.nhv.fhir.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobRequest;
import se.nhv.fhir.run.jobs.JobSchedule;
import se.nhv.fhir.run.jobs.PullEndpoint;

/** The endpoints of the settings as the rooms behind the doors know them. */
final class ConfiguredEndpoints {

  /** The input of a pull that says whether all is asked for or what has changed. */
  static final String MODE = "mode";

  static final String INCREMENTAL = "incremental";
  static final String FULL = "full";

  private ConfiguredEndpoints() {}

  /**
   * The endpoint.
   *
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  static PullEndpoint of(EndpointProperties settings) {
    return new PullEndpoint(
        settings.id(),
        new Unit(settings.unit()),
        settings.areas().stream().map(Area::new).toList(),
        source(settings),
        settings.off());
  }

  /** Where and how it is asked. */
  static FhirEndpoint source(EndpointProperties settings) {
    PullLimits defaults = PullLimits.defaults();
    return new FhirEndpoint(
        URI.create(settings.base()),
        settings.auth().token(),
        new PullLimits(
            settings.limits().pageSize(),
            defaults.maxPages(),
            settings.limits().timeout(),
            defaults.maxPageBytes(),
            defaults.attempts(),
            defaults.longestWait()));
  }

  /** Its pulls by the clock. */
  static List<JobSchedule> schedules(EndpointProperties settings) {
    List<JobSchedule> schedules = new ArrayList<>();
    JobRequest pull =
        JobRequest.of(new Unit(settings.unit()), JobKind.PULL)
            .with(JobRequest.ENDPOINT, settings.id());
    if (settings.schedule() != null && !settings.off()) {
      schedules.add(
          new JobSchedule(
              settings.id() + "/" + INCREMENTAL, settings.schedule(), pull.with(MODE, INCREMENTAL)));
    }
    if (settings.full() != null && !settings.off()) {
      schedules.add(
          new JobSchedule(settings.id() + "/" + FULL, settings.full(), pull.with(MODE, FULL)));
    }
    return schedules;
  }
}
