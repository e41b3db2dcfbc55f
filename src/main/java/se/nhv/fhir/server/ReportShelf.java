package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.StoredVersion;

/** The kept reports: every one for the authority, a unit's own for the unit. */
record ReportShelf(ReportArchive archive) implements Shelf.Versioned {

  private static final String TYPE = "MeasureReport";
  private static final List<SearchParameter> PARAMETERS =
      List.of(
          SearchParameter.id(),
          SearchParameter.identifier(),
          new SearchParameter(
              "measure",
              SearchParameter.Kind.CANONICAL,
              "The Measure's canonical URL, with |version for one version, without for any."),
          new SearchParameter(
              "period",
              SearchParameter.Kind.DATE,
              "The measurement period: ge (or sa) and le (or eb) with a day, month or year find those"
                  + " that reach to it or past it, or start by it; without prefix those that overlap"
                  + " it."),
          new SearchParameter(
              "date",
              SearchParameter.Kind.DATE,
              "The day for which the report speaks, with eq, ge, gt, le or lt."),
          new SearchParameter(
              "reporter",
              SearchParameter.Kind.REFERENCE,
              "The reporting unit: Organization/ and its HSA-id."),
          new SearchParameter("status", SearchParameter.Kind.CODE, "complete, pending or error."),
          new SearchParameter(
              "_lastUpdated",
              SearchParameter.Kind.LAST_UPDATED,
              "When the current version was stored, with eq, ge, gt, le or lt."));

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
    return archive.read(id).filter(visibleTo(caller)).map(StoredResources::toResource);
  }

  @Override
  public Optional<Resource> read(Caller caller, String id, long version) {
    return archive.read(id, version).filter(visibleTo(caller)).map(StoredResources::toResource);
  }

  @Override
  public List<StoredVersion> history(Caller caller, String id) {
    return archive.history(id).stream().filter(visibleTo(caller)).toList();
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    Optional<SearchRequest.Condition> ids = request.only(SearchParameter.Kind.ID);
    if (ids.isPresent()) {
      return byId(caller, request, ids.get().values());
    }
    ReportQuery query = ReportQuery.of(request);
    caller.unit().ifPresent(unit -> query.equal("reporter", List.of(unit.hsaId())));
    Page page = archive.search(query.toQuery(TYPE, after(request.cursor()), request.count()));
    List<Resource> resources = page.versions().stream().map(StoredResources::toResource).toList();
    String next = page.more() ? cursor(page.versions().get(resources.size() - 1).key()) : null;
    return new Found(resources, page.total(), next);
  }

  private Found byId(Caller caller, SearchRequest request, List<String> ids) {
    if (request.conditions().size() > 1) {
      throw new InvalidRequestException("_id finds one resource: leave out the other parameters.");
    }
    List<Resource> found = new ArrayList<>();
    for (String id : ids.stream().distinct().sorted().toList()) {
      archive
          .read(id)
          .filter(visibleTo(caller))
          .filter(it -> !it.deleted())
          .map(StoredResources::toResource)
          .ifPresent(found::add);
    }
    return new Found(found, found.size(), null);
  }

  private Predicate<StoredVersion> visibleTo(Caller caller) {
    return report -> caller.unit().map(unit -> archive.isReportedBy(report, unit)).orElse(true);
  }

  private static String cursor(ResourceKey last) {
    return last.partition() + "|" + last.id();
  }

  private static @Nullable ResourceKey after(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    int bar = cursor.indexOf('|');
    if (bar < 0) {
      throw new InvalidRequestException("The cursor is not one of this search's.");
    }
    return new ResourceKey(cursor.substring(0, bar), TYPE, cursor.substring(bar + 1));
  }
}
