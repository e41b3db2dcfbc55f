package se.nhv.fhir.run.jobs;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/**
 * How each endpoint of the settings does, as a FHIR R4 Endpoint: {@code active} when its last pull
 * was complete or none has been, {@code error} when it failed or was incomplete, {@code suspended}
 * when it was cancelled, {@code off} when the settings say so. Safe for use by many threads.
 */
public final class EndpointStates {

  /** When the endpoint was last asked to the end, without a gap. */
  public static final String LAST_COMPLETE =
      Canonicals.structureDefinition("endpoint-last-complete");

  /** When the endpoint was last asked. */
  public static final String LAST_ATTEMPT = Canonicals.structureDefinition("endpoint-last-attempt");

  /** The Task of the last pull that left a gap. */
  public static final String LAST_GAP = Canonicals.structureDefinition("endpoint-last-gap");

  private final ResourceStore store;
  private final List<PullEndpoint> endpoints;
  private final Clock clock;

  /** Over the intake store. */
  public EndpointStates(ResourceStore store, List<PullEndpoint> endpoints, Clock clock) {
    this.store = store;
    this.endpoints = List.copyOf(endpoints);
    this.clock = clock;
  }

  /** Every endpoint of the unit, by id. */
  public List<Endpoint> of(Unit unit) {
    return endpoints.stream()
        .filter(it -> it.unit().equals(unit))
        .map(this::state)
        .sorted((a, b) -> a.getIdPart().compareTo(b.getIdPart()))
        .toList();
  }

  /** When the endpoint with that id was last asked to the end without a gap; empty if never. */
  public Optional<Instant> lastComplete(String id) {
    return endpoints.stream()
        .filter(it -> it.id().equals(id))
        .map(this::state)
        .map(it -> it.getExtensionByUrl(LAST_COMPLETE))
        .filter(it -> it != null)
        .map(it -> ((InstantType) it.getValue()).getValue().toInstant())
        .findFirst();
  }

  /** Notes what came of a pull. */
  void ended(JobRequest request, String task, TaskStatus status, boolean incomplete) {
    endpoints.stream()
        .filter(it -> request.kind() == JobKind.PULL)
        .filter(it -> it.unit().equals(request.unit()) && it.id().equals(request.endpoint()))
        .forEach(it -> note(it, task, status, incomplete));
  }

  private void note(PullEndpoint endpoint, String task, TaskStatus status, boolean incomplete) {
    Endpoint state = state(endpoint);
    boolean whole = status == TaskStatus.COMPLETED && !incomplete;
    state.setStatus(
        whole
            ? EndpointStatus.ACTIVE
            : status == TaskStatus.CANCELLED ? EndpointStatus.SUSPENDED : EndpointStatus.ERROR);
    Date now = Date.from(clock.instant());
    set(state, LAST_ATTEMPT).setValue(new InstantType(now));
    if (whole) {
      set(state, LAST_COMPLETE).setValue(new InstantType(now));
    } else {
      set(state, LAST_GAP).setValue(new Reference("Task/" + task));
    }
    state.setMeta(null);
    store.apply(
        List.of(new Change.Put(key(endpoint), null, List.of(), StrictJson.encode(state), null)));
  }

  private static org.hl7.fhir.r4.model.Extension set(Endpoint state, String url) {
    state.getExtension().removeIf(it -> it.getUrl().equals(url));
    return state.addExtension().setUrl(url);
  }

  private Endpoint state(PullEndpoint endpoint) {
    Endpoint state =
        store
            .read(key(endpoint))
            .filter(version -> !version.deleted())
            .map(version -> new String(version.json(), StandardCharsets.UTF_8))
            .map(it -> FhirContext.forR4Cached().newJsonParser().parseResource(Endpoint.class, it))
            .orElseGet(() -> (Endpoint) new Endpoint().setStatus(EndpointStatus.ACTIVE));
    state.setId(endpoint.id());
    state.setName(endpoint.id());
    state.setAddress(endpoint.source().base().toString());
    state
        .getConnectionType()
        .setSystem("http://terminology.hl7.org/CodeSystem/endpoint-connection-type")
        .setCode("hl7-fhir-rest");
    state.setPayloadType(null);
    state.addPayloadType().setText("FHIR R4 resources");
    state.getManagingOrganization().setReference("Organization/" + endpoint.unit());
    if (endpoint.off()) {
      state.setStatus(EndpointStatus.OFF);
    }
    return state;
  }

  private static ResourceKey key(PullEndpoint endpoint) {
    return new ResourceKey(Partitions.runs(endpoint.unit()), "Endpoint", endpoint.id());
  }
}
