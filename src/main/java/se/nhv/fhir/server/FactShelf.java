package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/** A unit's data errors as they were kept last; nobody sees another unit's. */
record FactShelf(ResourceStore store) implements Shelf.Versioned {

  private static final String PATIENT = "patient";

  @Override
  public String type() {
    return Quality.TYPE;
  }

  @Override
  public List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(),
        new SearchParameter(
            "code", SearchParameter.Kind.CODE, "A rule, by its code in the code system datafel."),
        new SearchParameter(
            "severity", SearchParameter.Kind.CODE, "high (an error) or moderate (a warning)."),
        new SearchParameter(
            PATIENT, SearchParameter.Kind.REFERENCE, "Patient/ and an id, or the id alone."),
        new SearchParameter(
            "implicated", SearchParameter.Kind.REFERENCE, "The resource at fault, as Type/id."));
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return store.read(key(caller, id)).map(StoredResources::toResource);
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
    String after = request.cursor();
    Page page =
        store.search(
            new Query(
                partition(caller),
                type(),
                request.conditions().stream().map(FactShelf::criterion).toList(),
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
      store
          .read(key(caller, id))
          .filter(it -> !it.deleted())
          .map(StoredResources::toResource)
          .ifPresent(found::add);
    }
    return new Found(found, found.size(), null);
  }

  private static Query.Criterion criterion(SearchRequest.Condition condition) {
    String name = condition.parameter().name();
    List<String> values =
        name.equals(PATIENT)
            ? condition.values().stream()
                .map(it -> it.contains("/") ? it : "Patient/" + it)
                .toList()
            : condition.values();
    return new Query.Criterion(name, Query.Comparison.EQUAL, values);
  }

  private ResourceKey key(Caller caller, String id) {
    return new ResourceKey(partition(caller), type(), id);
  }

  private static String partition(Caller caller) {
    return Partitions.quality(
        caller
            .unit()
            .orElseThrow(
                () -> new ForbiddenOperationException("Only a unit's token passes here.")));
  }
}
