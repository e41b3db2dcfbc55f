package se.nhv.fhir.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the value of an ELM expression without evaluating it.
 *
 * @param origins the elements of retrieved resources that the value, or an item of it, may be
 * @param complete whether the value is always null or one of the origins
 * @param fields the elements of a tuple
 * @param anchors resources of which one must exist for the value to be true, or not null, or not
 *     empty, as its type has it; empty if it never is; null if nothing is known
 * @param present whether the value is never null
 */
record ElmFacts(
    Set<Origin> origins,
    boolean complete,
    Map<String, ElmFacts> fields,
    @Nullable List<PatientAnchor> anchors,
    boolean present) {

  /**
   * An element of retrieved resources.
   *
   * @param type their type
   * @param codeFilters the filters of the retrieve
   * @param path the element, empty for the resource itself
   */
  record Origin(String type, List<CodeFilter> codeFilters, String path) {

    Origin at(String element) {
      return new Origin(type, codeFilters, path.isEmpty() ? element : path + "." + element);
    }

    /** The top-level element, empty for the resource itself. */
    String element() {
      return path.split("[.\\[]", 2)[0];
    }
  }

  static final ElmFacts UNKNOWN = new ElmFacts(Set.of(), false, Map.of(), null, false);
  static final ElmFacts CONSTANT = new ElmFacts(Set.of(), false, Map.of(), null, true);
  static final ElmFacts NULL = new ElmFacts(Set.of(), true, Map.of(), List.of(), false);

  static ElmFacts retrieved(String type, List<CodeFilter> codeFilters) {
    PatientAnchor anchor = new PatientAnchor(type, codeFilters, new TreeSet<>());
    return new ElmFacts(
        Set.of(new Origin(type, codeFilters, "")), true, Map.of(), List.of(anchor), false);
  }

  static ElmFacts tuple(Map<String, ElmFacts> fields) {
    return new ElmFacts(Set.of(), false, Map.copyOf(fields), null, true);
  }

  /** Of a value of which nothing is known but what its being true, or not null, requires. */
  static ElmFacts needing(@Nullable List<PatientAnchor> anchors) {
    return new ElmFacts(Set.of(), false, Map.of(), anchors, false);
  }

  /** Of a value that is the value of one of these. */
  static ElmFacts either(List<ElmFacts> alternatives) {
    Set<Origin> origins = new LinkedHashSet<>();
    alternatives.forEach(it -> origins.addAll(it.origins));
    Map<String, ElmFacts> fields = new TreeMap<>();
    alternatives.forEach(
        it ->
            it.fields.forEach(
                (name, facts) -> fields.merge(name, facts, (a, b) -> either(List.of(a, b)))));
    return new ElmFacts(
        origins,
        alternatives.stream().allMatch(ElmFacts::complete),
        fields,
        anyOf(alternatives),
        alternatives.stream().allMatch(ElmFacts::present));
  }

  /** One of the anchors of one of these exists; null where nothing is known of any of them. */
  static @Nullable List<PatientAnchor> anyOf(List<ElmFacts> alternatives) {
    List<PatientAnchor> all = new ArrayList<>();
    for (ElmFacts alternative : alternatives) {
      if (alternative.anchors == null) {
        return null;
      }
      all.addAll(alternative.anchors);
    }
    return withoutCovered(all);
  }

  /** Of several that must all be true, the anchors that find the fewest patients. */
  static @Nullable List<PatientAnchor> best(List<ElmFacts> conditions) {
    return conditions.stream()
        .map(ElmFacts::anchors)
        .filter(Objects::nonNull)
        .min(
            Comparator.<List<PatientAnchor>>comparingInt(ElmFacts::width).thenComparing(List::size))
        .orElse(null);
  }

  /** The same value, of which more is required. */
  ElmFacts with(@Nullable List<PatientAnchor> required) {
    return new ElmFacts(origins, complete, fields, required, present);
  }

  /** The anchors if the value lies in the measurement period; null where that shows nothing. */
  @Nullable List<PatientAnchor> anchorsInPeriod() {
    if (!complete || origins.isEmpty() || origins.stream().anyMatch(it -> it.path.isEmpty())) {
      return null;
    }
    Map<Origin, SortedSet<String>> dates =
        origins.stream()
            .collect(
                Collectors.groupingBy(
                    it -> new Origin(it.type, it.codeFilters, ""),
                    LinkedHashMap::new,
                    Collectors.mapping(Origin::element, Collectors.toCollection(TreeSet::new))));
    return dates.entrySet().stream()
        .map(it -> new PatientAnchor(it.getKey().type, it.getKey().codeFilters, it.getValue()))
        .toList();
  }

  /** Each anchor that no other one covers, once. */
  static List<PatientAnchor> withoutCovered(List<PatientAnchor> anchors) {
    List<PatientAnchor> different = List.copyOf(new LinkedHashSet<>(anchors));
    Set<PatientAnchor> covered = new HashSet<>();
    for (PatientAnchor one : different) {
      different.stream().filter(it -> !it.equals(one) && one.covers(it)).forEach(covered::add);
    }
    return different.stream().filter(it -> !covered.contains(it)).toList();
  }

  private static int width(List<PatientAnchor> anchors) {
    boolean dated = anchors.stream().noneMatch(it -> it.dates().isEmpty());
    boolean coded = anchors.stream().noneMatch(it -> it.codeFilters().isEmpty());
    return (coded ? 0 : 2) + (dated ? 0 : 1);
  }
}
