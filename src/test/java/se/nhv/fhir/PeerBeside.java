package se.nhv.fhir;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.StringType;
import se.nhv.fhir.measure.Canonicals;

/**
 * Asks the peer for figures that our reports state in extensions of ours: bortfall, each criterion
 * as a group that counts it, and the median, as a group with that aggregateMethod. What it answers
 * is moved to where our reports have it.
 */
final class PeerBeside {

  private static final String CQFM = "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-";
  private static final String AGGREGATE_METHOD = CQFM + "aggregateMethod";
  private static final String CRITERIA_REFERENCE = CQFM + "criteriaReference";
  private static final String MEDIAN = "median";
  private static final String BORTFALL = "bortfall";
  private static final String MARK = " beside ";

  private PeerBeside() {}

  /** Adds the groups to the Measure. */
  static void ask(Measure measure) {
    for (MeasureGroupComponent group : List.copyOf(measure.getGroup())) {
      group.getExtensionsByUrl(Canonicals.structureDefinition("bortfallskriterium")).stream()
          .map(criterion -> bortfall(group, criterion))
          .forEach(measure::addGroup);
      if (group.getPopulation().stream().anyMatch(p -> p.hasExtension(AGGREGATE_METHOD))) {
        measure.addGroup(median(group));
      }
    }
  }

  /** Of no basis that the peer knows, for a criterion gives a boolean or a list of anything. */
  private static MeasureGroupComponent bortfall(MeasureGroupComponent of, Extension criterion) {
    String reason = criterion.getExtensionString("reason");
    MeasureGroupComponent group = beside(of, BORTFALL + MARK + reason);
    group.addExtension(CQFM + "populationBasis", new CodeType("Resource"));
    group.addExtension(CQFM + "scoring", population("cohort"));
    group
        .addPopulation()
        .setCode(population("initial-population"))
        .setCriteria((Expression) criterion.getExtensionByUrl("criteria").getValue())
        .setId(group.getId() + "-initial-population");
    return group;
  }

  private static MeasureGroupComponent median(MeasureGroupComponent of) {
    MeasureGroupComponent group = beside(of, MEDIAN);
    group.setExtension(of.copy().getExtension());
    for (MeasureGroupPopulationComponent population : of.copy().getPopulation()) {
      population.setId(population.getId() + "-median");
      population
          .getExtensionsByUrl(CRITERIA_REFERENCE)
          .forEach(e -> e.setValue(new StringType(e.getValue().primitiveValue() + "-median")));
      population
          .getExtensionsByUrl(AGGREGATE_METHOD)
          .forEach(e -> e.setValue(new CodeType(MEDIAN)));
      group.addPopulation(population);
    }
    return group;
  }

  private static MeasureGroupComponent beside(MeasureGroupComponent of, String what) {
    String group = of.getCode().getCodingFirstRep().getCode();
    MeasureGroupComponent beside = new MeasureGroupComponent();
    beside.setCode(new CodeableConcept().setText(group + MARK + what));
    beside.setId(of.getId() + "-" + what.replace(MARK, "-"));
    return beside;
  }

  private static CodeableConcept population(String code) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setCode(code);
    return concept;
  }

  /** The report where the answers stand as in ours; the report itself is not touched. */
  static MeasureReport told(MeasureReport report) {
    MeasureReport told = report.copy();
    told.getGroup().removeIf(PeerBeside::isBeside);
    Map<String, MeasureReportGroupComponent> groups =
        told.getGroup().stream()
            .collect(
                Collectors.toMap(
                    g -> g.getCode().getCodingFirstRep().getCode(), Function.identity()));
    for (MeasureReportGroupComponent answer : report.getGroup()) {
      if (isBeside(answer)) {
        String[] parts = answer.getCode().getText().split(MARK, 3);
        move(answer, parts, Objects.requireNonNull(groups.get(parts[0]), parts[0]));
      }
    }
    return told;
  }

  private static boolean isBeside(MeasureReportGroupComponent group) {
    return group.getCode().hasText() && group.getCode().getText().contains(MARK);
  }

  private static void move(
      MeasureReportGroupComponent from, String[] parts, MeasureReportGroupComponent to) {
    if (parts[1].equals(MEDIAN)) {
      extension("statistik", to).addExtension(MEDIAN, from.getMeasureScore());
    } else if (from.getPopulationFirstRep().getCount() > 0) {
      Extension bortfall = extension(BORTFALL, to);
      bortfall.addExtension("reason", new CodeType(parts[2]));
      bortfall.addExtension("count", new IntegerType(from.getPopulationFirstRep().getCount()));
    }
  }

  private static Extension extension(String id, MeasureReportGroupComponent group) {
    return group.addExtension().setUrl(Canonicals.structureDefinition(id));
  }
}
