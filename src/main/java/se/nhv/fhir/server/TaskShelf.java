package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/** A unit's runs, in the order in which they were asked for; nobody sees another unit's. */
record TaskShelf(ResourceStore store) implements Shelf.Versioned {

  private static final String TYPE = "Task";
  private static final List<SearchParameter> PARAMETERS =
      List.of(
          SearchParameter.identifier(),
          new SearchParameter(
              "status",
              SearchParameter.Kind.CODE,
              "requested, in-progress, completed, failed or cancelled."),
          new SearchParameter(
              "code", SearchParameter.Kind.CODE, "pull, report, remap, quality or retention."),
          new SearchParameter(
              "focus",
              SearchParameter.Kind.REFERENCE,
              "The endpoint of a pull: Endpoint/ and its id."));

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<SearchParameter> parameters() {
    return PARAMETERS;
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
    String after = request.cursor();
    Page page =
        store.search(
            new Query(
                Partitions.runs(unit(caller)),
                TYPE,
                request.conditions().stream()
                    .map(
                        it ->
                            new Query.Criterion(
                                it.parameter().name(), Query.Comparison.EQUAL, it.values()))
                    .toList(),
                null,
                null,
                after == null ? null : key(caller, after),
                request.count()));
    List<Resource> found = page.versions().stream().map(StoredResources::toResource).toList();
    String next = page.more() ? page.versions().get(found.size() - 1).key().id() : null;
    return new Found(found, page.total(), next);
  }

  private static ResourceKey key(Caller caller, String id) {
    return new ResourceKey(Partitions.runs(unit(caller)), TYPE, id);
  }

  private static Unit unit(Caller caller) {
    return caller
        .unit()
        .orElseThrow(() -> new ForbiddenOperationException("Only a unit's token passes here."));
  }
}
