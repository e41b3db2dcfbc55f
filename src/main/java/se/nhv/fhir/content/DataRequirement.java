package se.nhv.fhir.content;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One kind of resource that the criteria of a Measure read (FHIR R4, DataRequirement).
 *
 * @param type the resource type
 * @param codeFilters of which the resource must pass any; empty for every resource of the type
 * @param elements the top-level elements that are read of it, for example {@code basedOn}; {@code
 *     extension} whatever its URL, {@code performed} whatever its type
 */
public record DataRequirement(
    String type, List<CodeFilter> codeFilters, SortedSet<String> elements) {

  /** Copies the list and the set. */
  public DataRequirement {
    codeFilters = List.copyOf(codeFilters);
    elements = Collections.unmodifiableSortedSet(new TreeSet<>(elements));
  }
}
