package se.nhv.fhir.content;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;

/**
 * What a Measure requires, derived from the ELM of its criteria.
 *
 * @param data each kind of resource that its criteria read
 * @param anchors the facts by which its patients are found: without a resource of any of them a
 *     patient changes no figure of the Measure
 */
public record MeasureRequirements(List<DataRequirement> data, List<PatientAnchor> anchors) {

  /** Every patient: where nothing better can be shown. */
  private static final PatientAnchor EVERYONE =
      new PatientAnchor("Patient", List.of(), new TreeSet<>());

  /** Copies the lists. */
  public MeasureRequirements {
    data = List.copyOf(data);
    anchors = List.copyOf(anchors);
  }

  static MeasureRequirements of(
      MeasureDefinition measure, CqlLibraries libraries, ValueSetExpansions valueSets) {
    ElmReading reading =
        new ElmReading(new ElmLibraries(measure.libraryId(), libraries, valueSets));
    List<ElmFacts> counted = new ArrayList<>();
    for (MeasureGroupComponent group : measure.resource().getGroup()) {
      read(group, measure.libraryId(), reading, counted);
    }
    List<DataRequirement> data = new ArrayList<>();
    reading
        .elements()
        .forEach(
            (retrieved, elements) ->
                data.add(new DataRequirement(retrieved.type(), retrieved.codeFilters(), elements)));
    List<PatientAnchor> anchors = ElmFacts.anyOf(counted);
    return new MeasureRequirements(data, anchors == null ? List.of(EVERYONE) : anchors);
  }

  /** Whoever is in an initial population, or reported as not counted, is a patient to be found. */
  private static void read(
      MeasureGroupComponent group, String library, ElmReading reading, List<ElmFacts> counted) {
    ElmFacts items = ElmFacts.UNKNOWN;
    for (var population : group.getPopulation()) {
      if (MeasureElements.code(population).equals("initial-population")) {
        items = reading.criterion(library, population.getCriteria().getExpression(), items);
        counted.add(items);
      }
    }
    for (var population : group.getPopulation()) {
      reading.criterion(library, population.getCriteria().getExpression(), items);
    }
    for (var stratifier : group.getStratifier()) {
      String criteria = MeasureElements.criteria(stratifier).getExpression();
      reading.criterion(library, criteria, items);
    }
    for (var bortfall : MeasureElements.bortfall(group)) {
      Expression criteria = (Expression) bortfall.getExtensionByUrl("criteria").getValue();
      counted.add(reading.criterion(library, criteria.getExpression(), items));
    }
  }
}
