package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.Originals;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/** What a unit has handed in of one type; nobody sees another unit's. */
record IntakeShelf(ResourceStore store, String type, Function<Unit, String> partition)
    implements Shelf.Versioned {

  /** What is counted. */
  IntakeShelf(ResourceStore store, String type) {
    this(store, type, Partitions::care);
  }

  @Override
  public List<SearchParameter> parameters() {
    return List.of(SearchParameter.id(), SearchParameter.identifier());
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return store.read(key(caller, id)).map(StoredResources::toResource);
  }

  /** The resource as the unit sent it, before its mapping. */
  Optional<Resource> original(Caller caller, String id) {
    return store.read(key(caller, id)).map(counted -> original(caller, counted));
  }

  private Resource original(Caller caller, StoredVersion counted) {
    byte[] sent =
        counted.deleted() ? counted.json() : new Originals(store).of(unitOf(caller), counted);
    return StoredResources.toResource(
        new StoredVersion(
            counted.key(), counted.version(), counted.stored(), counted.deleted(), sent));
  }

  @Override
  public Optional<Resource> read(Caller caller, String id, long version) {
    return store.read(key(caller, id), version).map(StoredResources::toResource);
  }

  @Override
  public List<? extends Resource> history(Caller caller, String id) {
    return store.history(key(caller, id)).stream().map(StoredResources::toHistory).toList();
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    Optional<SearchRequest.Condition> ids = request.only(SearchParameter.Kind.ID);
    if (ids.isPresent()) {
      return byId(caller, request, ids.get().values());
    }
    String unit = unit(caller);
    String after = request.cursor();
    Page page =
        store.search(
            new Query(
                unit,
                type,
                request.conditions().stream().map(IntakeShelf::criterion).toList(),
                null,
                null,
                after == null ? null : new ResourceKey(unit, type, after),
                request.count()));
    List<Resource> resources = page.versions().stream().map(StoredResources::toResource).toList();
    String next = page.more() ? page.versions().get(resources.size() - 1).key().id() : null;
    return new Found(resources, page.total(), next);
  }

  private Found byId(Caller caller, SearchRequest request, List<String> ids) {
    if (request.conditions().size() > 1) {
      throw new InvalidRequestException("_id finds one resource: leave out the other parameters.");
    }
    List<Resource> found = new ArrayList<>();
    for (String id : ids.stream().distinct().sorted().toList()) {
      store
          .read(key(caller, id))
          .filter(it -> !it.deleted())
          .map(StoredResources::toResource)
          .ifPresent(found::add);
    }
    return new Found(found, found.size(), null);
  }

  private static Query.Criterion criterion(SearchRequest.Condition condition) {
    for (String value : condition.values()) {
      if (!value.contains("|")) {
        throw new InvalidRequestException(
            "identifier takes system|value (or |value for one without a system).");
      }
    }
    return new Query.Criterion(
        condition.parameter().name(), Query.Comparison.EQUAL, condition.values());
  }

  private ResourceKey key(Caller caller, String id) {
    return new ResourceKey(unit(caller), type, id);
  }

  private String unit(Caller caller) {
    return partition.apply(unitOf(caller));
  }

  private static Unit unitOf(Caller caller) {
    return caller
        .unit()
        .orElseThrow(() -> new ForbiddenOperationException("Only a unit's token passes here."));
  }
}
