package se.nhv.fhir.content;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;

/**
 * Reads the elements of a Measure that stand in extensions or deep in codings (CQFM, R4 Measure).
 */
public final class MeasureElements {

  private static final String CQFM = "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/";

  /** The CQFM extension that names the population basis of a group. */
  public static final String POPULATION_BASIS = CQFM + "cqfm-populationBasis";

  /** The CQFM extension that names the unit of a group's score. */
  public static final String SCORING_UNIT = CQFM + "cqfm-scoringUnit";

  private MeasureElements() {}

  /** Why a Measure without groups cannot be computed, in Swedish; empty if it does not say. */
  public static String whyNotComputable(Measure measure) {
    Extension why = measure.getExtensionByUrl(Canonicals.structureDefinition("utan-innehall"));
    return why != null && why.getValue() instanceof PrimitiveType<?> text
        ? text.getValueAsString()
        : "";
  }

  /** The code of the group, or an empty text. */
  public static String code(MeasureGroupComponent group) {
    return orEmpty(group.getCode().getCodingFirstRep().getCode());
  }

  /** The code of the population, or an empty text. */
  public static String code(MeasureGroupPopulationComponent population) {
    return orEmpty(population.getCode().getCodingFirstRep().getCode());
  }

  /**
   * The population basis of the group: {@code boolean} or a resource type; empty if it has none.
   */
  public static String basis(MeasureGroupComponent group) {
    Extension extension = group.getExtensionByUrl(POPULATION_BASIS);
    return extension != null && extension.getValue() instanceof PrimitiveType<?> value
        ? value.getValueAsString()
        : "";
  }

  /** Whether the group counts patients rather than items. */
  public static boolean isBooleanBasis(MeasureGroupComponent group) {
    return basis(group).equals("boolean");
  }

  /** Whether the group has a measure-observation, so that it has statistics rather than a rate. */
  public static boolean hasObservation(MeasureGroupComponent group) {
    return group.getPopulation().stream().anyMatch(p -> code(p).equals("measure-observation"));
  }

  /** The unit of the group's values (UCUM); an empty coding if it has none. */
  public static Coding unit(MeasureGroupComponent group) {
    Extension extension = group.getExtensionByUrl(SCORING_UNIT);
    return extension != null && extension.getValue() instanceof CodeableConcept concept
        ? concept.getCodingFirstRep()
        : new Coding();
  }

  /** The code of the stratifier; if it has a component, that holds it (FHIR R4, mea-1). */
  public static CodeableConcept code(MeasureGroupStratifierComponent stratifier) {
    return stratifier.hasComponent()
        ? stratifier.getComponentFirstRep().getCode()
        : stratifier.getCode();
  }

  /** What decides the stratum: of the stratifier itself, or of its one component. */
  public static Expression criteria(MeasureGroupStratifierComponent stratifier) {
    return stratifier.hasCriteria()
        ? stratifier.getCriteria()
        : stratifier.getComponentFirstRep().getCriteria();
  }

  /** The criteria of the group by which what is not counted is reported. */
  public static List<Extension> bortfall(MeasureGroupComponent group) {
    return group.getExtensionsByUrl(Canonicals.structureDefinition("bortfallskriterium"));
  }

  /** The names of all definitions and functions that the Measure's groups ask for. */
  public static List<String> criteria(Measure measure) {
    List<Expression> criteria = new ArrayList<>();
    for (MeasureGroupComponent group : measure.getGroup()) {
      group.getPopulation().forEach(population -> criteria.add(population.getCriteria()));
      group.getStratifier().forEach(stratifier -> criteria.add(criteria(stratifier)));
      bortfall(group)
          .forEach(b -> criteria.add((Expression) b.getExtensionByUrl("criteria").getValue()));
    }
    return criteria.stream().map(Expression::getExpression).distinct().toList();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
