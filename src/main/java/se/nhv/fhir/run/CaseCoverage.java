package se.nhv.fhir.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;

/**
 * What the cases of a Measure show of it, and what they leave unshown: a population that nobody
 * enters or nobody stays out of, a reason of bortfall that never occurs, a stratifier that is never
 * asked for.
 *
 * @param measure the Measure
 * @param cases its cases
 */
public record CaseCoverage(Measure measure, List<MeasureCase> cases) {

  /** The population that another is a part of: outside is in the whole and not in the part. */
  private static final Map<String, String> WHOLE =
      Map.of(
          "numerator", "denominator",
          "denominator-exclusion", "denominator",
          "denominator-exception", "denominator",
          "measure-population", "initial-population");

  /** How many populations the groups have together. */
  public long populations() {
    return measure.getGroup().stream().mapToLong(g -> g.getPopulation().size()).sum();
  }

  /** How many of them have a case inside and a case outside. */
  public long populationsCovered() {
    return measure.getGroup().stream()
        .flatMap(g -> g.getPopulation().stream().map(p -> gaps(g, p)))
        .filter(List::isEmpty)
        .count();
  }

  /** Everything that no case shows, in words. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (MeasureGroupComponent group : measure.getGroup()) {
      String code = MeasureElements.code(group);
      group.getPopulation().forEach(population -> gaps.addAll(gaps(group, population)));
      reasons(group).stream()
          .filter(reason -> !any(c -> bortfall(c, code).contains(reason)))
          .forEach(reason -> gaps.add(code + " bortfall " + reason + ": no case"));
      stratifiers(group).stream()
          .filter(stratifier -> !any(c -> isStratified(c, code, stratifier)))
          .forEach(stratifier -> gaps.add(code + " stratifier " + stratifier + ": no case"));
    }
    return gaps;
  }

  private List<String> gaps(
      MeasureGroupComponent group, MeasureGroupPopulationComponent population) {
    String code = MeasureElements.code(group);
    String name = MeasureElements.code(population);
    List<String> gaps = new ArrayList<>();
    if (!any(c -> count(c, code, name) > 0)) {
      gaps.add(code + " " + name + ": no case inside");
    }
    if (!any(c -> count(c, code, name) < whole(c, group, name))) {
      gaps.add(code + " " + name + ": no case outside");
    }
    return gaps;
  }

  /** The reasons of bortfall that the group can report. */
  public static List<String> reasons(MeasureGroupComponent group) {
    return MeasureElements.bortfall(group).stream()
        .map(criterion -> criterion.getExtensionString("reason"))
        .toList();
  }

  /** The codes of the group's stratifiers. */
  public static List<String> stratifiers(MeasureGroupComponent group) {
    return group.getStratifier().stream()
        .map(MeasureGroupStratifierComponent::getCode)
        .map(code -> code.getCodingFirstRep().getCode())
        .toList();
  }

  private boolean any(Predicate<MeasureCase> shows) {
    return cases.stream().anyMatch(shows);
  }

  /**
   * How many could have been in the population. Of items only the whole of a part is known, so an
   * item outside all is shown by a case that counts none.
   */
  private int whole(MeasureCase measureCase, MeasureGroupComponent group, String population) {
    String code = MeasureElements.code(group);
    if (WHOLE.containsKey(population)) {
      return count(measureCase, code, WHOLE.get(population));
    }
    MeasureGroupComponent first = measure.getGroupFirstRep();
    if (!criteria(first, population).equals(criteria(group, population))) {
      return count(measureCase, MeasureElements.code(first), population);
    }
    long patients =
        measureCase.resources().stream().filter(r -> r.type().equals("Patient")).count();
    boolean countsPatients = MeasureElements.isBooleanBasis(group);
    return countsPatients || count(measureCase, code, population) == 0 ? (int) patients : 0;
  }

  /** Which define of the library decides; two groups may differ in other populations only. */
  private static List<String> criteria(MeasureGroupComponent group, String population) {
    return group.getPopulation().stream()
        .filter(p -> MeasureElements.code(p).equals(population))
        .map(p -> p.getCriteria().getExpression())
        .toList();
  }

  private int count(MeasureCase measureCase, String group, String population) {
    return groups(measureCase, group)
        .flatMap(g -> g.getPopulation().stream())
        .filter(p -> p.getCode().getCodingFirstRep().getCode().equals(population))
        .mapToInt(MeasureReportGroupPopulationComponent::getCount)
        .sum();
  }

  private List<String> bortfall(MeasureCase measureCase, String group) {
    return groups(measureCase, group)
        .flatMap(g -> g.getExtensionsByUrl(Canonicals.structureDefinition("bortfall")).stream())
        .map(b -> b.getExtensionString("reason"))
        .toList();
  }

  private boolean isStratified(MeasureCase measureCase, String group, String stratifier) {
    return groups(measureCase, group)
        .flatMap(g -> g.getStratifier().stream())
        .filter(s -> s.hasStratum())
        .anyMatch(s -> s.getCodeFirstRep().getCodingFirstRep().getCode().equals(stratifier));
  }

  private static Stream<MeasureReportGroupComponent> groups(MeasureCase measureCase, String code) {
    return measureCase.expected().getGroup().stream()
        .filter(g -> g.getCode().getCodingFirstRep().getCode().equals(code));
  }
}
