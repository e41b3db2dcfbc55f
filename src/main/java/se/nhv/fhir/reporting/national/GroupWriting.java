package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;

/**
 * Writes figures as a group of a MeasureReport, with codes as the Measure has them: of one report
 * as a unit's adapter writes it, or of several together.
 */
final class GroupWriting {

  /** As the units' reports have it. */
  private static final MathContext PRECISION = new MathContext(16, RoundingMode.HALF_EVEN);

  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private final MeasureGroupComponent defined;
  private final GroupFigures figures;

  GroupWriting(MeasureGroupComponent defined, GroupFigures figures) {
    this.defined = defined;
    this.figures = figures;
  }

  MeasureReportGroupComponent reported() {
    MeasureReportGroupComponent group = new MeasureReportGroupComponent();
    group.setCode(defined.getCode().copy());
    for (int p = 0; p < defined.getPopulation().size(); p++) {
      group
          .addPopulation()
          .setCode(defined.getPopulation().get(p).getCode().copy())
          .setCount(Math.toIntExact(figures.populations().get(p)));
    }
    if (MeasureElements.hasObservation(defined)) {
      figures.moments().average().map(this::quantity).ifPresent(group::setMeasureScore);
      group.addExtension(statistics());
    } else {
      proportion().ifPresent(group::setMeasureScore);
    }
    figures.bortfall().forEach((reason, count) -> bortfall(group, reason, count));
    for (int s = 0; s < defined.getStratifier().size(); s++) {
      group.addStratifier(stratifier(defined.getStratifier().get(s), figures.strata().get(s)));
    }
    return group;
  }

  /** numerator ÷ (denominator − exclusions − exceptions); empty when nothing was counted. */
  private Optional<Quantity> proportion() {
    long numerator = 0;
    long denominator = 0;
    for (int p = 0; p < defined.getPopulation().size(); p++) {
      long count = figures.populations().get(p);
      switch (MeasureElements.code(defined.getPopulation().get(p))) {
        case "numerator" -> numerator = count;
        case "denominator" -> denominator += count;
        case "denominator-exclusion", "denominator-exception" -> denominator -= count;
        default -> {} // initial-population is not part of the score
      }
    }
    return denominator == 0
        ? Optional.empty()
        : Optional.of(
            new Quantity()
                .setValue(
                    BigDecimal.valueOf(numerator)
                        .divide(BigDecimal.valueOf(denominator), PRECISION)));
  }

  private Extension statistics() {
    Extension statistics = new Extension(Canonicals.structureDefinition("statistik"));
    statistics.addExtension("count", new IntegerType(Math.toIntExact(figures.moments().count())));
    statistics.addExtension("mean", orAbsent(figures.moments().average()));
    statistics.addExtension("standard-deviation", orAbsent(figures.moments().deviation()));
    for (int p = 0; p < Percentiles.NAMES.size(); p++) {
      statistics.addExtension(
          Percentiles.NAMES.get(p), orAbsent(figures.percentiles().values().get(p)));
    }
    if (!MeasureElements.isBooleanBasis(defined)) {
      statistics.addExtension("patients", new IntegerType(Math.toIntExact(figures.patients())));
    }
    return statistics;
  }

  private Quantity orAbsent(Optional<BigDecimal> value) {
    return value.map(this::quantity).orElseGet(GroupWriting::absent);
  }

  private Quantity quantity(BigDecimal value) {
    BigDecimal stripped = value.round(PRECISION).stripTrailingZeros();
    Coding unit = MeasureElements.unit(defined);
    return new Quantity()
        .setValue(stripped.scale() < 0 ? stripped.setScale(0) : stripped)
        .setUnit(unit.hasDisplay() ? unit.getDisplay() : unit.getCode())
        .setSystem(unit.getSystem())
        .setCode(unit.getCode());
  }

  private static Quantity absent() {
    Quantity quantity = new Quantity();
    quantity.addExtension(ABSENT, new CodeType("not-applicable"));
    return quantity;
  }

  private static void bortfall(MeasureReportGroupComponent group, String reason, long count) {
    Extension extension = group.addExtension();
    extension.setUrl(Canonicals.structureDefinition("bortfall"));
    extension.addExtension("reason", new CodeType(reason));
    extension.addExtension("count", new IntegerType(Math.toIntExact(count)));
  }

  private MeasureReportGroupStratifierComponent stratifier(
      MeasureGroupStratifierComponent stratifier, SortedMap<String, List<Long>> strata) {
    MeasureReportGroupStratifierComponent reported = new MeasureReportGroupStratifierComponent();
    reported.addCode(MeasureElements.code(stratifier).copy());
    strata.forEach((value, counts) -> stratum(reported.addStratum(), value, counts));
    return reported;
  }

  private void stratum(StratifierGroupComponent stratum, String value, List<Long> counts) {
    stratum.setValue(
        new CodeableConcept(
            new Coding().setSystem(Canonicals.codeSystem("stratumvarde")).setCode(value)));
    for (int p = 0; p < counts.size(); p++) {
      stratum
          .addPopulation()
          .setCode(defined.getPopulation().get(p).getCode().copy())
          .setCount(Math.toIntExact(counts.get(p)));
    }
  }
}
