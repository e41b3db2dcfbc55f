package se.nhv.fhir.server.mapping;

import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.mapping.MappingResource;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.IfMatch;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.Shelf;
import se.nhv.fhir.server.door.VersionedProvider;
import se.nhv.fhir.store.Applied;

/** Everything that the intake door does with the ConceptMaps or StructureMaps of a unit. */
final class MappingProvider extends VersionedProvider {

  private final StoredMappings mappings;
  private final Remappings remappings;
  private final String type;

  MappingProvider(StoredMappings mappings, Remappings remappings, Shelf.Versioned shelf) {
    super(shelf);
    this.mappings = mappings;
    this.remappings = remappings;
    this.type = shelf.type();
  }

  /** PUT under an id of the unit's own; it is in force at once. */
  @Update
  public MethodOutcome update(
      @IdParam IdType id, @ResourceParam Resource resource, RequestDetails request) {
    if (!Delivery.isId(id.getIdPart())) {
      throw new InvalidRequestException("The id takes 1 to 64 of A-Z, a-z, 0-9, '-' and '.'.");
    }
    MappingResource put =
        MappingResource.of(type + "/" + id.getIdPart(), request.loadRequestContents());
    Unit unit = Caller.unitOf(request);
    Applied applied = mappings.put(unit, put, expected(request));
    MethodOutcome outcome = outcome(unit);
    String version = Long.toString(applied.version());
    outcome.setId(new IdType(type, applied.key().id(), version));
    outcome.setCreated(applied.effect() == Applied.Effect.CREATED);
    return outcome;
  }

  /** DELETE; what it mapped is as it was sent again. */
  @Delete
  public MethodOutcome delete(@IdParam IdType id, RequestDetails request) {
    Unit unit = Caller.unitOf(request);
    mappings.delete(unit, type, id.getIdPart(), expected(request));
    return outcome(unit);
  }

  private MethodOutcome outcome(Unit unit) {
    boolean done = remappings.begin(unit);
    String version = mappings.inForce(unit).version();
    String inForce =
        version.isEmpty() ? "No mapping is in force." : "The mapping in force is " + version + ".";
    MethodOutcome outcome = new MethodOutcome();
    outcome.setOperationOutcome(
        Outcomes.information(
            inForce
                + (done
                    ? " All that is stored is as it makes it."
                    : " It is being applied to what is stored; reports wait for that.")));
    return outcome;
  }

  private static @Nullable Long expected(RequestDetails request) {
    try {
      return IfMatch.version(request.getHeader("If-Match"));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }
}
