package se.nhv.fhir.intake.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import se.nhv.fhir.content.CodeFilter;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.DataRequirement;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.SystemCode;

/**
 * Which Measures read an element of a resource, by what their criteria require. A filter on the
 * very element that is at fault cannot be decided, and lets pass. Immutable.
 */
final class TouchedMeasures {

  /** Its codes are the same in every area, so that they do not tell whose the patient is. */
  private static final String SHARED_BY_AREAS = "Observation";

  private final Map<MeasureReference, List<DataRequirement>> required = new HashMap<>();
  private final Map<MeasureReference, Area> areas = new HashMap<>();

  TouchedMeasures(Content content) {
    content.measures().stream()
        .filter(MeasureDefinition::isComputable)
        .forEach(
            it -> {
              required.put(it.reference(), content.dataRequirements(it.reference()));
              areas.put(it.reference(), it.area());
            });
  }

  /**
   * The Measures that a fault in that element touches: those that read it, are of the area that the
   * resource names, if it names one, and for which the patient has anything that they ask for by
   * code.
   *
   * @param element the path from the type on; the type alone for the whole resource
   */
  SortedSet<MeasureReference> of(Chart chart, ChartResource resource, String element) {
    String top = top(element);
    boolean person = element.equals("Patient");
    SortedSet<MeasureReference> involved = involved(chart);
    SortedSet<MeasureReference> touched = new TreeSet<>();
    required.forEach(
        (measure, requirements) -> {
          boolean undecided =
              requirements.stream()
                  .anyMatch(it -> it.type().equals(resource.type()) && isFilter(it, top));
          boolean read = person || requirements.stream().anyMatch(it -> reads(it, resource, top));
          if (read
              && isOfArea(measure, resource)
              && (undecided ? mayInvolve(involved, measure) : involved.contains(measure))) {
            touched.add(measure);
          }
        });
    return touched;
  }

  /** The Measures for which the patient has anything that they ask for by code. */
  private SortedSet<MeasureReference> involved(Chart chart) {
    SortedSet<MeasureReference> involved = new TreeSet<>();
    required.forEach(
        (measure, requirements) -> {
          boolean asksFor =
              requirements.stream()
                  .filter(it -> !it.codeFilters().isEmpty())
                  .filter(it -> !it.type().equals(SHARED_BY_AREAS))
                  .anyMatch(
                      it ->
                          chart.of(it.type()).stream()
                              .anyMatch(one -> tells(measure, one) && passes(it, one, "")));
          if (asksFor) {
            involved.add(measure);
          }
        });
    return involved;
  }

  /** A request of no area tells nothing: its codes are the same in every area. */
  private boolean tells(MeasureReference measure, ChartResource resource) {
    boolean requested = resource.type().equals("ServiceRequest");
    return isOfArea(measure, resource)
        && !(requested && resource.codes("category", Vocabulary.OMRADE).isEmpty());
  }

  /**
   * With a code that cannot be read: any Measure of the areas that the rest of the patient tells.
   */
  private boolean mayInvolve(SortedSet<MeasureReference> involved, MeasureReference measure) {
    return involved.isEmpty()
        || involved.stream().anyMatch(it -> Objects.equals(areas.get(it), areas.get(measure)));
  }

  private static String top(String element) {
    return element.replaceFirst("^[A-Za-z]+\\.?", "").replaceFirst("[.(].*$", "");
  }

  private boolean isOfArea(MeasureReference measure, ChartResource resource) {
    Set<String> named = resource.codes("category", Vocabulary.OMRADE);
    Area area = areas.get(measure);
    return named.isEmpty() || (area != null && named.contains(area.code()));
  }

  private static boolean reads(DataRequirement requirement, ChartResource resource, String top) {
    if (!requirement.type().equals(resource.type())) {
      return false;
    }
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
