package se.nhv.fhir.server.national;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Provenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.pull.EndpointDoor;
import se.nhv.fhir.intake.pull.QueryFailedException;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Reporters;
import se.nhv.fhir.reporting.obligation.NationalSteps;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.reporting.submission.OutgoingReport;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.RemoteNationalSide;
import se.nhv.fhir.reporting.submission.SubmissionPostponedException;
import se.nhv.fhir.server.jobs.ConfiguredEndpoints;
import se.nhv.fhir.server.settings.EndpointProperties;
import se.nhv.fhir.server.settings.NationalProperties;

/** The report door of another adapter, with the access of the unit whose report it is about. */
final class RemoteDoor implements NationalSide {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteDoor.class);

  private final EndpointDoor common;
  private final Map<Unit, EndpointDoor> own = new HashMap<>();

  /**
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  private RemoteDoor(URI base, NationalProperties settings) {
    common = door(base, settings, settings.auth());
    settings.units().forEach(it -> own.put(new Unit(it.unit()), door(base, settings, it.auth())));
  }

  /**
   * The door; empty if the national side is here.
   *
   * @throws IllegalArgumentException if a setting does not hold what it must; the message says what
   */
  static Optional<RemoteDoor> of(NationalProperties settings) {
    return Optional.ofNullable(settings.base())
        .map(base -> new RemoteDoor(URI.create(base), settings));
  }

  private static EndpointDoor door(
      URI base, NationalProperties settings, EndpointProperties.Auth auth) {
    return new EndpointDoor(
        base,
        ConfiguredEndpoints.authentication(auth),
        ConfiguredEndpoints.tls(auth),
        settings.timeout());
  }

  private EndpointDoor of(Unit unit) {
    return own.getOrDefault(unit, common);
  }

  @Override
  public Receipt submit(OutgoingReport outgoing) {
    EndpointDoor door = of(Reporters.unit(outgoing.report()));
    return new RemoteNationalSide(json -> answered(door, json)).submit(outgoing);
  }

  private static RemoteNationalSide.Reply answered(EndpointDoor door, byte[] json) {
    try {
      EndpointDoor.Answered answer = door.post(json);
      return new RemoteNationalSide.Reply(answer.status(), answer.body(), answer.retryAfter());
    } catch (QueryFailedException e) {
      throw new SubmissionPostponedException(
          "the national side gave no answer: " + e.getMessage(), null);
    }
  }

  /** As {@link NationalSteps} says. */
  Optional<List<Provenance>> steps(Unit unit, String report, long revision) {
    String query = "Provenance?_count=100&target=MeasureReport/" + report + "/_history/" + revision;
    try {
      EndpointDoor.Answered answer = of(unit).get(query);
      if (answer.status() == 200) {
        return Optional.of(steps(answer));
      }
      LOG.warn("The national side answers with {} when asked for its steps", answer.status());
    } catch (QueryFailedException | DataFormatException | ClassCastException e) {
      LOG.warn("The national side could not be asked for its steps: {}", e.getMessage());
    }
    return Optional.empty();
  }

  private static List<Provenance> steps(EndpointDoor.Answered answer) {
    String json = new String(answer.body(), StandardCharsets.UTF_8);
    return FhirContext.forR4Cached()
        .newJsonParser()
        .parseResource(Bundle.class, json)
        .getEntry()
        .stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .map(Provenance.class::cast)
        .toList();
  }
}
