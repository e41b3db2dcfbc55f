package se.nhv.fhir.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import se.nhv.fhir.intake.pull.Authentication;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;

/** A hospital's FHIR endpoint: where it is, who it knows us to be, and how fast it is asked. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class EndpointOptions {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URL",
      description = "the base URL of the endpoint, for example https://ehr.example.org/fhir")
  private URI from;

  @Option(
      names = "--token",
      defaultValue = "${env:NHV_PULL_TOKEN}",
      paramLabel = "T",
      description = "a bearer token for the endpoint; better in env NHV_PULL_TOKEN")
  private @Nullable String token;

  @ArgGroup(exclusive = false, heading = "SMART Backend Services%n")
  private @Nullable SmartOptions smart;

  @ArgGroup(exclusive = false, heading = "TLS%n")
  private @Nullable TlsOptions tls;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "the most requests in a second (default: 50)")
  private @Nullable Double rate;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "the most requests at once (default: 4)")
  private @Nullable Integer parallel;

  /** Throws IllegalArgumentException if it cannot be used. */
  FhirEndpoint endpoint() {
    PullLimits limits = PullLimits.defaults();
    return new FhirEndpoint(
        from,
        authentication(),
        tls == null ? null : tls.tls(),
        limits.withPace(
            rate == null ? limits.requestsPerSecond() : rate,
            parallel == null ? limits.parallel() : parallel));
  }

  private Authentication authentication() {
    if (smart != null) {
      return smart.authentication();
    }
    return token == null ? new Authentication.None() : new Authentication.BearerToken(token);
  }
}
