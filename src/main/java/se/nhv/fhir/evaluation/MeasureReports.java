package se.nhv.fhir.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;

/** Makes summary MeasureReports (R4 MeasureReport) of a tally. */
public final class MeasureReports {

  private static final MathContext PRECISION = new MathContext(16, RoundingMode.HALF_EVEN);

  private final ReportSubject subject;

  /** For reports on that subject. */
  public MeasureReports(ReportSubject subject) {
    this.subject = subject;
  }

  /** One report for each Measure of the request, in its order. */
  public List<MeasureReport> of(EvaluationRequest request, Tally tally) {
    return IntStream.range(0, request.measures().size())
        .mapToObj(m -> of(request.measures().get(m), tally.groups(m), tally.snapshotHash()))
        .toList();
  }

  private MeasureReport of(MeasureRequest request, List<GroupTally> tallies, String snapshotHash) {
    MeasureDefinition measure = request.measure();
    MeasureReport report = new MeasureReport();
    report.setId(id(request));
    report.addExtension(basis(measure, snapshotHash));
    report
        .addIdentifier()
        .setSystem(Canonicals.identifier("rapport"))
        .setValue(
            "%s-%s-%s-%s"
                .formatted(
                    measure.reference().id(),
                    subject.unit(),
                    request.period().start(),
                    request.period().end()));
    report.setStatus(MeasureReportStatus.COMPLETE);
    report.setType(MeasureReportType.SUMMARY);
    report.setMeasure(measure.reference().canonical());
    report.setDateElement(new DateTimeType(subject.asOf().toString()));
    report.setPeriod(period(request.period()));
    report.getReporter().setReference("Organization/" + subject.unit().hsaId());
    report
        .getReporter()
        .getIdentifier()
        .setSystem(Canonicals.HSA_ID)
        .setValue(subject.unit().hsaId());
    report.setImprovementNotation(
        measure.resource().hasImprovementNotation()
            ? measure.resource().getImprovementNotation()
            : null);
    List<MeasureGroupComponent> groups = measure.resource().getGroup();
    for (int g = 0; g < groups.size(); g++) {
      report.addGroup(group(groups.get(g), tallies.get(g)));
    }
    return report;
  }

  /** At most 64 characters, as an id must be. */
  private String id(MeasureRequest request) {
    return "%s-%s-%tY%<tm%<td-%tY%<tm%<td"
        .formatted(
            request.measure().reference().id(),
            subject.unit(),
            request.period().start(),
            request.period().end());
  }

  private Extension basis(MeasureDefinition measure, String snapshotHash) {
    Extension basis = new Extension(Canonicals.structureDefinition("underlag"));
    basis.addExtension("contentHash", new StringType(measure.contentHash()));
    basis.addExtension("snapshotHash", new StringType(snapshotHash));
    basis.addExtension("mappingVersion", new StringType(subject.mappingVersion()));
    basis.addExtension("asOf", new DateType(subject.asOf().toString()));
    return basis;
  }

  private static Period period(MeasurementPeriod period) {
    return new Period().setStartElement(day(period.start())).setEndElement(day(period.end()));
  }

  private static DateTimeType day(LocalDate day) {
    return new DateTimeType(day.toString());
  }

  private static MeasureReportGroupComponent group(MeasureGroupComponent group, GroupTally tally) {
    MeasureReportGroupComponent reported = new MeasureReportGroupComponent();
    reported.setCode(group.getCode().copy());
    List<MeasureGroupPopulationComponent> populations = group.getPopulation();
    for (int p = 0; p < populations.size(); p++) {
      reported
          .addPopulation()
          .setCode(populations.get(p).getCode().copy())
          .setCount(Math.toIntExact(tally.population(p)));
    }
    if (MeasureElements.hasObservation(group)) {
      StatisticsExtension statistics = new StatisticsExtension(MeasureElements.unit(group));
      statistics.mean(tally.values()).ifPresent(reported::setMeasureScore);
      reported.addExtension(
          statistics.of(
              tally.values(),
              MeasureElements.isBooleanBasis(group) ? -1 : tally.patientsWithValues()));
    } else {
      proportion(populations, tally).ifPresent(reported::setMeasureScore);
    }
    tally.bortfall().forEach((reason, count) -> reported.addExtension(bortfall(reason, count)));
    for (int s = 0; s < group.getStratifier().size(); s++) {
      reported.addStratifier(stratifier(group, s, tally.strata(s)));
    }
    return reported;
  }

  /** numerator ÷ (denominator − exclusions − exceptions); empty when nothing was counted. */
  private static Optional<Quantity> proportion(
      List<MeasureGroupPopulationComponent> populations, GroupTally tally) {
    long numerator = 0;
    long denominator = 0;
    for (int p = 0; p < populations.size(); p++) {
      long count = tally.population(p);
      switch (MeasureElements.code(populations.get(p))) {
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

  private static Extension bortfall(String reason, long count) {
    Extension extension = new Extension(Canonicals.structureDefinition("bortfall"));
    extension.addExtension("reason", new CodeType(reason));
    extension.addExtension("count", new IntegerType(Math.toIntExact(count)));
    return extension;
  }

  private static MeasureReportGroupStratifierComponent stratifier(
      MeasureGroupComponent group, int index, SortedMap<String, long[]> strata) {
    MeasureGroupStratifierComponent stratifier = group.getStratifier().get(index);
    MeasureReportGroupStratifierComponent reported = new MeasureReportGroupStratifierComponent();
    reported.addCode(MeasureElements.code(stratifier).copy());
    for (Map.Entry<String, long[]> stratum : strata.entrySet()) {
      StratifierGroupComponent component = reported.addStratum();
      component.setValue(
          new CodeableConcept(
              new Coding()
                  .setSystem(Canonicals.codeSystem("stratumvarde"))
                  .setCode(stratum.getKey())));
      List<MeasureGroupPopulationComponent> populations = group.getPopulation();
      for (int p = 0; p < populations.size(); p++) {
        component
            .addPopulation()
            .setCode(populations.get(p).getCode().copy())
            .setCount(Math.toIntExact(stratum.getValue()[p]));
      }
    }
    return reported;
  }
}
