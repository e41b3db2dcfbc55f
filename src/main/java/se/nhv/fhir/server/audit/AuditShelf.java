package se.nhv.fhir.server.audit;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.reporting.DateSearch;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.SearchRequest;
import se.nhv.fhir.server.door.Shelf;
import se.nhv.fhir.server.door.StoredResources;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/**
 * The records of one side, in the order of time.
 *
 * @param store where they are
 * @param partition of the caller's records
 * @param parameters what they are searched by
 */
record AuditShelf(
    ResourceStore store, Function<Caller, String> partition, List<SearchParameter> parameters)
    implements Shelf {

  /** What records without patients are searched by. */
  static final List<SearchParameter> PARAMETERS =
      List.of(
          new SearchParameter(
              "date",
              SearchParameter.Kind.DATE,
              "When it was recorded, with eq, ge, gt, le, lt, sa or eb."),
          new SearchParameter(
              "agent",
              SearchParameter.Kind.CODE,
              "The identifier of the person or of the program that asked."),
          new SearchParameter("type", SearchParameter.Kind.CODE, "rest."),
          new SearchParameter(
              "subtype", SearchParameter.Kind.CODE, "The interaction, or operation."));

  /** What records with patients are searched by. */
  static final List<SearchParameter> WITH_PATIENT =
      Stream.concat(
              PARAMETERS.stream(),
              Stream.of(
                  SearchParameter.reference(
                      "patient", "Patient", "Patient/ and an id, or the id alone.")))
          .toList();

  @Override
  public String type() {
    return AuditLog.TYPE;
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return store
        .read(new ResourceKey(partition.apply(caller), type(), id))
        .map(StoredResources::toResource);
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    List<Query.Criterion> criteria = new ArrayList<>();
    Instant from = Instant.EPOCH;
    Instant to = Instant.ofEpochMilli(Long.MAX_VALUE);
    for (SearchRequest.Condition condition : request.conditions()) {
      if (condition.parameter().kind() == SearchParameter.Kind.DATE) {
        DateSearch date = date(condition.values());
        from = date.earliest().isAfter(from) ? date.earliest() : from;
        to = date.latest().isBefore(to) ? date.latest() : to;
      } else {
        criteria.add(
            new Query.Criterion(
                condition.parameter().name(),
                Query.Comparison.EQUAL,
                condition.values().stream().map(it -> value(condition.parameter(), it)).toList()));
      }
    }
    String own = partition.apply(caller);
    ResourceKey after =
        request.cursor() == null ? null : new ResourceKey(own, type(), request.cursor());
    Page page = store.search(new Query(own, type(), criteria, from, to, after, request.count()));
    List<Resource> found = page.versions().stream().map(StoredResources::toResource).toList();
    return new Found(
        found, page.total(), page.more() ? page.versions().get(found.size() - 1).key().id() : null);
  }

  private static String value(SearchParameter parameter, String value) {
    boolean patient = parameter.kind() == SearchParameter.Kind.REFERENCE && !value.contains("/");
    return patient ? "Patient/" + value : value;
  }

  private static DateSearch date(List<String> values) {
    try {
      return DateSearch.parse(String.join(",", values));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }
}
