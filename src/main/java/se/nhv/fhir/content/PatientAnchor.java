package se.nhv.fhir.content;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A fact by which the patients of a Measure are found: whoever is counted, or reported as not
 * counted, has a resource of at least one of the Measure's anchors.
 *
 * @param type the resource type
 * @param codeFilters of which the resource passes any; empty for every resource of the type
 * @param dates the elements of which any lies in the measurement period, give or take the day that
 *     a time zone may move it; empty where that cannot be shown
 */
public record PatientAnchor(String type, List<CodeFilter> codeFilters, SortedSet<String> dates) {

  /** Copies the list and the set. */
  public PatientAnchor {
    codeFilters = List.copyOf(codeFilters);
    dates = Collections.unmodifiableSortedSet(new TreeSet<>(dates));
  }

  /** Whether the other finds no patient whom this one does not find. */
  boolean covers(PatientAnchor other) {
    return type.equals(other.type)
        && (codeFilters.isEmpty() || codeFilters.equals(other.codeFilters))
        && (dates.isEmpty() || (!other.dates.isEmpty() && dates.containsAll(other.dates)));
  }
}
