package se.nhv.fhir.reporting.national;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;

/**
 * One summary MeasureReport made from several units' reports: their counts added, their moments
 * pooled, their scores worked out anew. The order in which they are given does not matter.
 */
final class PooledReport {

  private final MeasureDefinition measure;
  private final MeasurementPeriod period;
  private final List<SubmittedReport> used;

  /** Of those reports, at least one, whose groups are those of the Measure. */
  PooledReport(MeasureDefinition measure, MeasurementPeriod period, List<SubmittedReport> used) {
    this.measure = measure;
    this.period = period;
    this.used = used.stream().sorted(Comparator.comparing(SubmittedReport::reference)).toList();
  }

  /**
   * The report, without id.
   *
   * @param level the level of which it speaks, a value of the identifier {@code niva}
   */
  MeasureReport atLevel(String level) {
    ReportWriting writing = new ReportWriting(measure, period);
    MeasureReport report = writing.report(level, asOf(), snapshot(), mappings());
    used.forEach(
        one ->
            report.addExtension(
                Canonicals.structureDefinition("aggregerad-av"), new Reference(one.reference())));
    report.getReporter().getIdentifier().setSystem(Canonicals.identifier("niva")).setValue(level);
    for (int g = 0; g < measure.resource().getGroup().size(); g++) {
      writing.add(report, sum(g));
    }
    return report;
  }

  private GroupFigures sum(int group) {
    List<GroupFigures> parts = new ArrayList<>();
    used.forEach(one -> parts.add(one.groups().get(group)));
    return GroupFigures.sum(parts);
  }

  private @Nullable String mappings() {
    String mappings =
        used.stream()
            .map(SubmittedReport::mappingVersion)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return mappings.isEmpty() ? null : mappings;
  }

  /** SHA-256 over the line {@code <reference> <hash>} of each report used, in their order. */
  private String snapshot() {
    String lines =
        used.stream().map(r -> r.reference() + " " + r.hash() + "\n").collect(Collectors.joining());
    return DigestUtils.sha256Hex(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** The latest day for which one of them speaks. */
  private LocalDate asOf() {
    return used.stream().map(SubmittedReport::asOf).max(Comparator.naturalOrder()).orElseThrow();
  }
}
