package se.nhv.fhir.intake.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import se.nhv.fhir.content.CodeFilter;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.DataRequirement;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.ValueSetExpansions.SystemCode;
import se.nhv.fhir.measure.MeasureReference;

/**
 * Which Measures read an element of a resource, by what their criteria require. A filter on the very
 * element that is at fault cannot be decided, and lets pass. Immutable.
 */
final class TouchedMeasures {

  private final Map<MeasureReference, List<DataRequirement>> required = new HashMap<>();

  TouchedMeasures(Content content) {
    content.measures().stream()
        .filter(MeasureDefinition::isComputable)
        .map(MeasureDefinition::reference)
        .forEach(it -> required.put(it, content.dataRequirements(it)));
  }

  /**
   * The Measures that a fault in that element touches. One in the Patient touches those only for
   * which something else of the patient is read, too.
   *
   * @param element the path from the type on; the type alone for the whole resource
   */
  SortedSet<MeasureReference> of(Chart chart, ChartResource resource, String element) {
    SortedSet<MeasureReference> touched = new TreeSet<>();
    boolean ofPerson = resource.type().equals("Patient");
    required.forEach(
        (measure, requirements) -> {
          boolean whole = ofPerson && element.equals("Patient");
          boolean read =
              whole || requirements.stream().anyMatch(it -> reads(it, resource, element));
          if (read && (!ofPerson || isInvolved(chart, requirements))) {
            touched.add(measure);
          }
        });
    return touched;
  }

  private static boolean isInvolved(Chart chart, List<DataRequirement> requirements) {
    return requirements.stream()
        .filter(it -> !it.codeFilters().isEmpty())
        .anyMatch(it -> chart.of(it.type()).stream().anyMatch(one -> passes(it, one, "")));
  }

  private static boolean reads(
      DataRequirement requirement, ChartResource resource, String element) {
    if (!requirement.type().equals(resource.type())) {
      return false;
    }
    String top = element.replaceFirst("^[A-Za-z]+\\.?", "").replaceFirst("[.(].*$", "");
    return (top.isEmpty() || requirement.elements().contains(top) || isFilter(requirement, top))
        && passes(requirement, resource, top);
  }

  private static boolean isFilter(DataRequirement requirement, String top) {
    return requirement.codeFilters().stream().anyMatch(it -> it.path().equals(top));
  }

  private static boolean passes(DataRequirement requirement, ChartResource resource, String top) {
    return requirement.codeFilters().isEmpty()
        || requirement.codeFilters().stream()
            .anyMatch(it -> it.path().equals(top) || holds(resource, it));
  }

  private static boolean holds(ChartResource resource, CodeFilter filter) {
    Set<SystemCode> codes = new HashSet<>();
    resource
        .codings(filter.path())
        .forEach(it -> codes.add(new SystemCode(it.system(), it.code())));
    return filter.codes().stream().anyMatch(codes::contains);
  }
}
