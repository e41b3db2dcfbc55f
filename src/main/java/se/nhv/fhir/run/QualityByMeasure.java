package se.nhv.fhir.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.intake.quality.DataRule;
import se.nhv.fhir.intake.quality.DataRules;
import se.nhv.fhir.intake.quality.Fact;
import se.nhv.fhir.intake.quality.KeptFact;
import se.nhv.fhir.intake.quality.Severity;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;

/**
 * Puts together what the reports of a reporting year do not count and the data errors that touch
 * their Measures. Immutable.
 */
public final class QualityByMeasure {

  private static final String NOT_COUNTED = Canonicals.structureDefinition("bortfall");
  private static final String WHOLE = "total";

  private final Map<String, MeasureDefinition> measures = new HashMap<>();
  private final Map<String, ConceptDefinitionComponent> reasons = new HashMap<>();
  private final DataRules rules;

  /** In the words of that content. */
  public QualityByMeasure(Content content) {
    content.measures().forEach(it -> measures.put(it.reference().canonical(), it));
    content.resources(CodeSystem.class).stream()
        .filter(it -> it.getUrl().equals(Canonicals.codeSystem("bortfall")))
        .flatMap(it -> it.getConcept().stream())
        .forEach(it -> reasons.put(it.getCode(), it));
    this.rules = DataRules.of(content);
  }

  /** The lines of every report's Measure, and the facts that touch them, or none. */
  public QualityReport of(List<MeasureReport> reports, List<KeptFact> facts) {
    Set<MeasureReference> evaluated =
        reports.stream()
            .map(it -> definition(it).reference())
            .collect(Collectors.toUnmodifiableSet());
    List<KeptFact> shown =
        facts.stream()
            .filter(
                it ->
                    it.fact().measures().isEmpty()
                        || it.fact().measures().stream().anyMatch(evaluated::contains))
            .toList();
    List<MeasureQuality> qualities =
        reports.stream().map(report -> quality(report, shown)).toList();
    List<Fact> untied =
        shown.stream().map(KeptFact::fact).filter(it -> it.measures().isEmpty()).toList();
    long errors =
        shown.stream()
            .filter(it -> rules.of(it.fact().rule()).severity() == Severity.ERROR)
            .count();
    return new QualityReport(qualities, byRule(untied), shown, errors);
  }

  private MeasureDefinition definition(MeasureReport report) {
    MeasureDefinition measure = measures.get(report.getMeasure());
    if (measure == null) {
      throw new IllegalArgumentException("no Measure " + report.getMeasure() + " in this content");
    }
    return measure;
  }

  private MeasureQuality quality(MeasureReport report, List<KeptFact> facts) {
    MeasureDefinition measure = definition(report);
    List<QualityLine> lines = new ArrayList<>();
    for (MeasureReportGroupComponent group : report.getGroup()) {
      for (Extension notCounted : group.getExtensionsByUrl(NOT_COUNTED)) {
        lines.add(line(printedId(measure, group), group, notCounted));
      }
    }
    lines.addAll(
        byRule(
            facts.stream()
                .map(KeptFact::fact)
                .filter(it -> it.measures().contains(measure.reference()))
                .toList()));
    return new MeasureQuality(measure, lines);
  }

  private static String printedId(MeasureDefinition measure, MeasureReportGroupComponent group) {
    String id = measure.resource().getIdentifierFirstRep().getValue();
    String code = group.getCode().getCodingFirstRep().getCode();
    return WHOLE.equals(code) ? id : id + " (" + code + ")";
  }

  private QualityLine line(
      String printedId, MeasureReportGroupComponent group, Extension notCounted) {
    String reason = notCounted.getExtensionByUrl("reason").getValue().primitiveValue();
    long count = ((IntegerType) notCounted.getExtensionByUrl("count").getValue()).getValue();
    ConceptDefinitionComponent concept = reasons.get(reason);
    boolean ofAll = property(concept, "av-alla").equals("true");
    long all =
        group.getPopulation().stream()
            .filter(it -> "initial-population".equals(it.getCode().getCodingFirstRep().getCode()))
            .mapToLong(MeasureReportGroupPopulationComponent::getCount)
            .findFirst()
            .orElse(0);
    boolean stated = ofAll && all >= count;
    return new QualityLine(
        reason,
        true,
        Severity.WARNING,
        count,
        count
            + (stated ? " av " + all : "")
            + " i "
            + printedId
            + " "
            + property(concept, "mening"),
        count
            + (stated ? " of " + all : "")
            + " in "
            + printedId
            + " "
            + property(concept, "mening-en"));
  }

  /** Errors first, then by code; each with the elements in which it is. */
  private List<QualityLine> byRule(List<Fact> facts) {
    Map<String, List<Fact>> byRule = new TreeMap<>();
    facts.forEach(it -> byRule.computeIfAbsent(it.rule(), rule -> new ArrayList<>()).add(it));
    List<QualityLine> lines = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      byRule.forEach(
          (code, broken) -> {
            DataRule rule = rules.of(code);
            if (rule.severity() == severity) {
              String elements = elements(broken);
              lines.add(
                  new QualityLine(
                      code,
                      false,
                      severity,
                      broken.size(),
                      broken.size() + " × " + rule.swedish().display() + elements,
                      broken.size() + " × " + rule.english().display() + elements));
            }
          });
    }
    return lines;
  }

  private static String elements(List<Fact> facts) {
    return facts.stream()
        .map(Fact::element)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", ", ": ", ""));
  }

  private static String property(@Nullable ConceptDefinitionComponent concept, String name) {
    return concept == null
        ? ""
        : concept.getProperty().stream()
            .filter(it -> it.getCode().equals(name))
            .map(it -> it.getValue().primitiveValue())
            .findFirst()
            .orElse("");
  }
}
