package se.nhv.fhir.intake.quality;

/** Every date that the contract reads is there, and to the day. */
final class DatesGiven implements Rule {

  static final String MISSING = "datum-saknas";
  static final String PARTIAL = "datum-oprecist";

  private final DatedElements elements;

  DatesGiven(DatedElements elements) {
    this.elements = elements;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource resource : chart.all()) {
      for (Dated dated : elements.of(chart, resource)) {
        if (dated.date().isEmpty() && dated.required()) {
          findings.add(MISSING, resource, dated.element());
        } else if (dated.date().isPresent() && dated.day().isEmpty()) {
          findings.add(PARTIAL, resource, dated.element());
        }
      }
    }
  }
}
