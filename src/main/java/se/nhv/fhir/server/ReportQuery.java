package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.Query.Comparison;
import se.nhv.fhir.store.ResourceKey;

/** A search over reports in the words of the store. */
final class ReportQuery {

  private final List<Query.Criterion> criteria = new ArrayList<>();
  private @Nullable Instant storedFrom;
  private @Nullable Instant storedTo;

  /** Reads the conditions, or refuses them with 400. */
  static ReportQuery of(SearchRequest request) {
    ReportQuery query = new ReportQuery();
    request.conditions().forEach(query::add);
    return query;
  }

  /** Only entries with one of the values under the parameter. */
  void equal(String parameter, List<String> values) {
    criteria.add(new Query.Criterion(parameter, Comparison.EQUAL, values));
  }

  Query toQuery(String type, @Nullable ResourceKey after, int count) {
    return new Query(null, type, List.copyOf(criteria), storedFrom, storedTo, after, count);
  }

  private void add(SearchRequest.Condition condition) {
    String name = condition.parameter().name();
    List<String> values = condition.values();
    switch (condition.parameter().kind()) {
      case IDENTIFIER -> equal(name, values.stream().map(ReportQuery::token).toList());
      case REFERENCE -> equal(name, values.stream().map(ReportQuery::unit).toList());
      case DATE -> days(name, DateCondition.of(name, single(name, values)));
      case LAST_UPDATED -> stored(DateCondition.of(name, single(name, values)));
      case ID, CODE, CANONICAL, URI, TEXT -> equal(name, values);
    }
  }

  private void days(String name, DateCondition date) {
    date.firstDay().ifPresent(day -> compare(name, Comparison.REACHES, day.toString()));
    date.lastDay().ifPresent(day -> compare(name, Comparison.STARTS_BY, day.toString()));
  }

  private void compare(String name, Comparison comparison, String value) {
    criteria.add(new Query.Criterion(name, comparison, List.of(value)));
  }

  private void stored(DateCondition date) {
    date.firstInstant()
        .filter(from -> storedFrom == null || from.isAfter(storedFrom))
        .ifPresent(from -> storedFrom = from);
    date.lastInstant()
        .filter(to -> storedTo == null || to.isBefore(storedTo))
        .ifPresent(to -> storedTo = to);
  }

  private static String single(String name, List<String> values) {
    if (values.size() != 1) {
      throw new InvalidRequestException(
          name + " takes one value; give it twice for a range, for example with ge and with le.");
    }
    return values.get(0);
  }

  private static String token(String value) {
    if (!value.contains("|")) {
      throw new InvalidRequestException("identifier takes system|value.");
    }
    return value;
  }

  private static String unit(String value) {
    return value.startsWith("Organization/") ? value.substring("Organization/".length()) : value;
  }
}
