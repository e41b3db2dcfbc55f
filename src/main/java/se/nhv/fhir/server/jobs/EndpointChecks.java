package se.nhv.fhir.server.jobs;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobSchedule;
import se.nhv.fhir.server.settings.EndpointProperties;
import se.nhv.fhir.server.settings.JobsProperties;
import se.nhv.fhir.server.settings.RetentionProperties;

/** Judges the settings of endpoints, jobs and retention; a fault is told with its setting. */
public record EndpointChecks(BiConsumer<String, String> faults) {

  private static final String CRON =
      "must be a cron expression of five fields in Europe/Stockholm, such as 30 2 * * *";

  /** Judges {@code nhv.endpoints}. */
  public void endpoints(List<EndpointProperties> endpoints) {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < endpoints.size(); i++) {
      EndpointProperties endpoint = endpoints.get(i);
      String name = "nhv.endpoints[" + i + "]";
      endpoint(endpoint, name);
      check(
          ids.add(endpoint.id()),
          name + ".id",
          "must differ from that of every other endpoint, for jobs and metrics name it by it");
    }
  }

  private void endpoint(EndpointProperties endpoint, String name) {
    check(
        endpoint.id().matches("[A-Za-z0-9.-]{1,64}"),
        name + ".id",
        "must be 1 to 64 letters, digits, '.' and '-'");
    holds(() -> new Unit(endpoint.unit()), name + ".unit", "must be an HSA-id");
    for (String area : endpoint.areas()) {
      holds(() -> new Area(area), name + ".areas", "must be codes of areas, such as net");
    }
    EndpointProperties.Limits limits = endpoint.limits();
    boolean pages = limits.pageSize() >= 1 && limits.pageSize() <= 10_000;
    check(pages, name + ".limits.page-size", "must be a whole number from 1 to 10000");
    boolean pace = limits.requestsPerSecond() > 0 && limits.requestsPerSecond() <= 10_000;
    check(pace, name + ".limits.requests-per-second", "must be more than 0 and at most 10000");
    check(limits.parallel() >= 1, name + ".limits.parallel", "must be 1 or more");
    check(endpoint.kind().matches("search|bulk"), name + ".kind", "must be search or bulk");
    boolean timeout = limits.timeout().toMillis() >= 1;
    check(timeout, name + ".limits.timeout", "must be a duration, such as 60s");
    if (pages && timeout && pace && limits.parallel() >= 1) {
      source(endpoint, name);
    }
    cron(endpoint.schedule(), name + ".schedule");
    cron(endpoint.full(), name + ".full");
  }

  private void source(EndpointProperties endpoint, String name) {
    try {
      ConfiguredEndpoints.source(endpoint);
    } catch (IllegalArgumentException e) { // its messages hold no secret
      faults.accept(name, "cannot be used: " + e.getMessage());
    }
    holds(
        () -> ConfiguredEndpoints.export(endpoint),
        name + ".group",
        "must be a FHIR id, and file-origins like https://host");
  }

  /** Judges {@code nhv.jobs}. */
  public void jobs(JobsProperties jobs) {
    check(jobs.parallel() >= 1, "nhv.jobs.parallel", "must be 1 or more");
    check(
        jobs.heartbeat().toMillis() >= 1,
        "nhv.jobs.heartbeat",
        "must be a duration above 0, such as 10s");
  }

  /** Judges {@code nhv.retention}. */
  public void retention(RetentionProperties retention) {
    check(
        retention.afterFinal() == null || !retention.afterFinal().isNegative(),
        "nhv.retention.after-final",
        "must be an ISO 8601 period that is not negative, such as P2Y");
    cron(retention.schedule(), "nhv.retention.schedule");
    for (int i = 0; i < retention.units().size(); i++) {
      RetentionProperties.UnitAreas unit = retention.units().get(i);
      String name = "nhv.retention.units[" + i + "]";
      holds(() -> new Unit(unit.unit()), name + ".unit", "must be an HSA-id");
      check(!unit.areas().isEmpty(), name + ".areas", "must name one area or more, such as net");
      for (String area : unit.areas()) {
        holds(() -> new Area(area), name + ".areas", "must be codes of areas, such as net");
      }
    }
  }

  private void cron(@org.jspecify.annotations.Nullable String cron, String name) {
    check(cron == null || JobSchedule.isCron(cron), name, CRON);
  }

  private void holds(Runnable construction, String name, String message) {
    try {
      construction.run();
    } catch (IllegalArgumentException e) {
      faults.accept(name, message);
    }
  }

  private void check(boolean holds, String name, String message) {
    if (!holds) {
      faults.accept(name, message);
    }
  }
}
