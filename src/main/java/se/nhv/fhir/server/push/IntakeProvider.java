package se.nhv.fhir.server.push;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Originals;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.IfMatch;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.StoredResources;
import se.nhv.fhir.server.door.StoredShelf;
import se.nhv.fhir.server.door.VersionedProvider;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.StoredVersion;

/** Everything that the intake door does with one resource type. */
final class IntakeProvider extends VersionedProvider {

  /** $original at an instance. */
  static final DoorType.Operation ORIGINAL =
      new DoorType.Operation(
          "original",
          Canonicals.ROOT + "/OperationDefinition/original",
          "GET at a resource: as the unit sent it, before its mapping; the resource itself where"
              + " mapping has changed nothing.");

  private final Intake intake;
  private final String type;
  private final StoredShelf shelf;

  /**
   * For one type.
   *
   * @param shelf the resources as they are counted
   */
  IntakeProvider(Intake intake, StoredShelf shelf) {
    super(shelf);
    this.intake = intake;
    this.type = shelf.type();
    this.shelf = shelf;
  }

  /** The resource as it was sent, before the unit's mapping. */
  @Operation(name = "$original", idempotent = true)
  public Resource original(@IdParam IdType id, RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of());
    Caller caller = Caller.of(request);
    return shelf
        .stored(caller, id.getIdPart())
        .map(counted -> original(caller.requireUnit(), counted))
        .orElseThrow(() -> new ResourceNotFoundException(ReadProvider.notFound(id)));
  }

  private Resource original(Unit unit, StoredVersion counted) {
    byte[] sent =
        counted.deleted() ? counted.json() : new Originals(shelf.store()).of(unit, counted);
    return StoredResources.toResource(
        new StoredVersion(
            counted.key(), counted.version(), counted.stored(), counted.deleted(), sent));
  }

  /** PUT under the source's own id. */
  @Update
  public MethodOutcome update(
      @IdParam IdType id, @ResourceParam Resource resource, RequestDetails request) {
    byte[] json = StrictJson.encode(StrictJson.tree(request.loadRequestContents()));
    Applied applied = deliver(request, new Delivery.Update(resource, json, expected(request)));
    // HAPI writes it for a POST only, though a PUT may create too (FHIR R4, http.html#upsert).
    ((ServletRequestDetails) request)
        .getServletResponse()
        .setHeader(
            "Location",
            request.getFhirServerBase() + "/" + applied.key() + "/_history/" + applied.version());
    return outcome(applied);
  }

  /** POST, only with If-None-Exist on an identifier. */
  @Create
  public MethodOutcome create(@ResourceParam Resource resource, RequestDetails request) {
    IfNoneExist condition = IfNoneExist.of(request.getHeader("If-None-Exist"));
    if (condition == null) {
      throw new UnprocessableEntityException(
          "A POST needs If-None-Exist on one identifier",
          Outcomes.error(
              IssueType.BUSINESSRULE,
              "A POST needs If-None-Exist on one identifier: " + IfNoneExist.REMEDY + "."));
    }
    return outcome(
        deliver(
            request,
            new Delivery.CreateIfNoneExist(resource, condition.system(), condition.value())));
  }

  /** DELETE by the source's own id; the history stays. */
  @Delete
  public MethodOutcome delete(@IdParam IdType id, RequestDetails request) {
    Applied applied =
        deliver(request, new Delivery.Deletion(type, id.getIdPart(), expected(request)));
    MethodOutcome outcome = new MethodOutcome();
    outcome.setOperationOutcome(
        Outcomes.information(
            applied.effect() == Applied.Effect.DELETED
                ? "Deleted at version " + applied.version() + "."
                : "There was nothing to delete."));
    return outcome;
  }

  private Applied deliver(RequestDetails request, Delivery delivery) {
    Applied applied = intake.deliver(Caller.unitOf(request), List.of(delivery)).get(0);
    Pushed.note(request, delivery, applied);
    return applied;
  }

  private static @Nullable Long expected(RequestDetails request) {
    try {
      return IfMatch.version(request.getHeader("If-Match"));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  private static MethodOutcome outcome(Applied applied) {
    String version = Long.toString(applied.version());
    MethodOutcome outcome = new MethodOutcome();
    outcome.setId(new IdType(applied.key().type(), applied.key().id(), version));
    outcome.setCreated(applied.effect() == Applied.Effect.CREATED);
    if (applied.effect() == Applied.Effect.SUPERSEDED) {
      outcome.setOperationOutcome(Outcomes.superseded(applied));
    }
    return outcome;
  }
}
