package se.nhv.fhir.server.jobs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.bulk.BulkRequest;
import se.nhv.fhir.intake.pull.Authentication;
import se.nhv.fhir.intake.pull.ClientTls;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.Origin;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.intake.pull.SigningKey;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobRequest;
import se.nhv.fhir.run.jobs.JobSchedule;
import se.nhv.fhir.run.jobs.PullEndpoint;
import se.nhv.fhir.run.jobs.PullJob;
import se.nhv.fhir.server.settings.EndpointProperties;

/** The endpoints of the settings as the rooms behind the doors know them. */
public final class ConfiguredEndpoints {

  /** The input of a pull that says whether all is asked for or what has changed. */
  static final String MODE = PullJob.MODE;

  static final String INCREMENTAL = "incremental";
  static final String FULL = PullJob.FULL;

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
        export(settings),
        settings.off());
  }

  /** Where and how it is asked. */
  static FhirEndpoint source(EndpointProperties settings) {
    return new FhirEndpoint(
        URI.create(settings.base()),
        authentication(settings.auth()),
        tls(settings.auth()),
        limits(settings.limits()));
  }

  private static PullLimits limits(EndpointProperties.Limits limits) {
    PullLimits defaults = PullLimits.defaults();
    return new PullLimits(
        limits.pageSize(),
        defaults.maxPages(),
        limits.timeout(),
        defaults.maxPageBytes(),
        defaults.attempts(),
        defaults.longestWait(),
        defaults.longestTotalWait(),
        limits.requestsPerSecond(),
        limits.parallel());
  }

  /**
   * How a server shows who it is.
   *
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  public static Authentication authentication(EndpointProperties.Auth auth) {
    boolean smart = auth.clientId() != null || auth.privateKey() != null;
    if (auth.token() != null && smart) {
      throw new IllegalArgumentException("auth holds a token and a client: keep one of them");
    }
    if (auth.token() != null) {
      return new Authentication.BearerToken(auth.token());
    }
    if (!smart) {
      return new Authentication.None();
    }
    if (auth.clientId() == null || auth.privateKey() == null) {
      throw new IllegalArgumentException("SMART takes both auth.client-id and auth.private-key");
    }
    return new Authentication.BackendServices(
        auth.clientId(),
        SigningKey.read(text(Path.of(auth.privateKey())), auth.keyId()),
        auth.tokenEndpoint() == null ? null : URI.create(auth.tokenEndpoint()),
        auth.scope() == null ? Authentication.BackendServices.SCOPE : auth.scope());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("auth.private-key is no file that can be read", e);
    }
  }

  /**
   * What TLS shows and trusts; null for what the JDK does.
   *
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  public static @Nullable ClientTls tls(EndpointProperties.Auth auth) {
    if ((auth.certificate() == null) != (auth.key() == null)) {
      throw new IllegalArgumentException("mTLS takes both auth.certificate and auth.key");
    }
    if (auth.certificate() == null && auth.ca() == null) {
      return null;
    }
    ClientTls own =
        auth.certificate() == null || auth.key() == null
            ? ClientTls.anonymous()
            : ClientTls.pem(Path.of(auth.certificate()), Path.of(auth.key()));
    return auth.ca() == null ? own : own.trusting(Path.of(auth.ca()));
  }

  /** What is exported; null for an endpoint that is searched. */
  static @Nullable BulkRequest export(EndpointProperties settings) {
    if (settings.kind().equals("search")) {
      return null;
    }
    Set<Origin> origins =
        settings.fileOrigins().stream()
            .map(URI::create)
            .map(Origin::of)
            .collect(Collectors.toSet());
    return (settings.group() == null
            ? BulkRequest.ofPatients()
            : BulkRequest.ofGroup(settings.group()))
        .withFileOrigins(origins);
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
              settings.id() + "/" + INCREMENTAL,
              settings.schedule(),
              pull.with(MODE, INCREMENTAL)));
    }
    if (settings.full() != null && !settings.off()) {
      schedules.add(
          new JobSchedule(settings.id() + "/" + FULL, settings.full(), pull.with(MODE, FULL)));
    }
    return schedules;
  }
}
