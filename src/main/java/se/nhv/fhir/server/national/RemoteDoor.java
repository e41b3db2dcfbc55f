package se.nhv.fhir.server.national;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import se.nhv.fhir.intake.pull.EndpointPost;
import se.nhv.fhir.intake.pull.QueryFailedException;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Reporters;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.reporting.submission.OutgoingReport;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.RemoteNationalSide;
import se.nhv.fhir.reporting.submission.SubmissionPostponedException;
import se.nhv.fhir.server.jobs.ConfiguredEndpoints;
import se.nhv.fhir.server.settings.EndpointProperties;
import se.nhv.fhir.server.settings.NationalProperties;

/** The report door of another adapter, with the access of the unit that submits. */
final class RemoteDoor implements NationalSide {

  private final NationalSide common;
  private final Map<Unit, NationalSide> own = new HashMap<>();

  /**
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  private RemoteDoor(URI base, NationalProperties settings) {
    common = side(base, settings, settings.auth());
    settings.units().forEach(it -> own.put(new Unit(it.unit()), side(base, settings, it.auth())));
  }

  /**
   * The door; empty if the national side is here.
   *
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  static Optional<NationalSide> of(NationalProperties settings) {
    return Optional.ofNullable(settings.base())
        .map(base -> new RemoteDoor(URI.create(base), settings));
  }

  private static NationalSide side(
      URI base, NationalProperties settings, EndpointProperties.Auth auth) {
    EndpointPost door =
        new EndpointPost(
            base,
            ConfiguredEndpoints.authentication(auth),
            ConfiguredEndpoints.tls(auth),
            settings.timeout());
    return new RemoteNationalSide(json -> answered(door, json));
  }

  private static RemoteNationalSide.Reply answered(EndpointPost door, byte[] json) {
    try {
      EndpointPost.Answered answer = door.post(json);
      return new RemoteNationalSide.Reply(answer.status(), answer.body(), answer.retryAfter());
    } catch (QueryFailedException e) {
      throw new SubmissionPostponedException(
          "the national side gave no answer: " + e.getMessage(), null);
    }
  }

  @Override
  public Receipt submit(OutgoingReport outgoing) {
    return own.getOrDefault(Reporters.unit(outgoing.report()), common).submit(outgoing);
  }
}
