package se.nhv.fhir.intake.quality;

import java.util.Set;

/** What is dated in the past has a status that says what became of it. */
final class StatusUpToDate implements Rule {

  static final String CODE = "status-raknas-inte";

  private final DatedElements elements;

  StatusUpToDate(DatedElements elements) {
    this.elements = elements;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource resource : chart.all()) {
      boolean passed =
          elements.of(chart, resource).stream()
              .flatMap(it -> it.day().stream())
              .anyMatch(it -> it.isBefore(chart.today()));
      if (passed && CountedStatus.isPending(resource) && !isReplaced(chart, resource)) {
        findings.add(CODE, resource, resource.element("status"));
      }
    }
  }

  /** A preliminary answer beside a final one on the same thing is no fault. */
  private static boolean isReplaced(Chart chart, ChartResource resource) {
    Set<String> codes = resource.codes("code", Vocabulary.OBSERVATION);
    return resource.type().equals("Observation")
        && chart.of("Observation").stream()
            .filter(CountedStatus::counts)
            .filter(it -> it.codes("code", Vocabulary.OBSERVATION).equals(codes))
            .anyMatch(it -> it.references("partOf").equals(resource.references("partOf")));
  }
}
