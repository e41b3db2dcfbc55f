package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * What is stored of one type for the unit that asks; nobody sees another unit's.
 *
 * @param store where it is stored
 * @param type the FHIR resource type
 * @param partition the unit's partition of the store
 * @param parameters what it is searched by, beside {@code _id}; each is an index of the store
 */
public record StoredShelf(
    ResourceStore store,
    String type,
    Function<Unit, String> partition,
    List<SearchParameter> parameters)
    implements Shelf.Versioned {

  /** Adds {@code _id} to the parameters. */
  public StoredShelf {
    List<SearchParameter> all = new ArrayList<>(List.of(SearchParameter.id()));
    all.addAll(parameters);
    parameters = List.copyOf(all);
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return stored(caller, id).map(StoredResources::toResource);
  }

  @Override
  public Optional<Resource> read(Caller caller, String id, long version) {
    return store.read(key(caller, id), version).map(StoredResources::toResource);
  }

  @Override
  public List<? extends Resource> history(Caller caller, String id) {
    return store.history(key(caller, id)).stream().map(StoredResources::toHistory).toList();
  }

  /** The current version as it is stored, which may be a deletion. */
  public Optional<StoredVersion> stored(Caller caller, String id) {
    return store.read(key(caller, id));
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    Optional<SearchRequest.Condition> ids = request.only(SearchParameter.Kind.ID);
    if (ids.isPresent()) {
      return byId(caller, request, ids.get().values());
    }
    String after = request.cursor();
    Page page =
        store.search(
            new Query(
                partition.apply(caller.requireUnit()),
                type,
                request.conditions().stream().map(StoredShelf::criterion).toList(),
                null,
                null,
                after == null ? null : key(caller, after),
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
      stored(caller, id)
          .filter(it -> !it.deleted())
          .map(StoredResources::toResource)
          .ifPresent(found::add);
    }
    return new Found(found, found.size(), null);
  }

  private static Query.Criterion criterion(SearchRequest.Condition condition) {
    SearchParameter parameter = condition.parameter();
    List<String> values =
        switch (parameter.kind()) {
          case IDENTIFIER -> condition.values().stream().map(StoredShelf::withSystem).toList();
          case REFERENCE -> condition.values().stream().map(parameter::reference).toList();
          default -> condition.values();
        };
    return new Query.Criterion(parameter.name(), Query.Comparison.EQUAL, values);
  }

  private static String withSystem(String token) {
    if (!token.contains("|")) {
      throw new InvalidRequestException(
          "identifier takes system|value (or |value for one without a system).");
    }
    return token;
  }

  private ResourceKey key(Caller caller, String id) {
    return new ResourceKey(partition.apply(caller.requireUnit()), type, id);
  }
}
