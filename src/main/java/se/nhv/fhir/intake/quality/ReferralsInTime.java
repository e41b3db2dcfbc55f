package se.nhv.fhir.intake.quality;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is counted from a referral has one, and no referral is registered or accepted after what
 * refers to it.
 */
final class ReferralsInTime implements Rule {

  static final String AFTER = "remiss-efter-atgard";
  static final String MISSING = "remiss-saknas";

  private static final List<String> STAMPS = List.of("remiss-registrerad", "remiss-godkand");

  private final Vocabulary vocabulary;
  private final DatedElements elements;

  ReferralsInTime(Vocabulary vocabulary, DatedElements elements) {
    this.vocabulary = vocabulary;
    this.elements = elements;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource event : chart.all()) {
      Optional<LocalDate> day =
          event.references("basedOn").isEmpty() && !isCountedFromReferral(event)
              ? Optional.empty()
              : elements.of(chart, event).stream()
                  .findFirst()
                  .filter(it -> CountedStatus.counts(event))
                  .flatMap(Dated::day);
      if (day.isPresent()
          && Set.of("Procedure", "Observation", "Encounter").contains(event.type())) {
        check(chart, event, day.get(), findings);
      }
    }
  }

  private void check(Chart chart, ChartResource event, LocalDate day, Findings findings) {
    List<ChartResource> referrals =
        event.references("basedOn").stream()
            .flatMap(it -> chart.find(it).stream())
            .filter(it -> it.type().equals("ServiceRequest") && DatedElements.isReferral(it))
            .toList();
    for (ChartResource referral : referrals) {
      for (String stamp : stamps(referral)) {
        Dated dated = DatedElements.stamp(referral, stamp, false);
        if (dated.day().isPresent() && dated.day().get().isAfter(day)) {
          findings.add(AFTER, referral, dated.element(), event);
        }
      }
    }
    if (referrals.isEmpty() && isCountedFromReferral(event) && !hasEarlier(chart, event, day)) {
      findings.add(MISSING, event, event.element("basedOn"));
    }
  }

  /** Both dates; only that which the area counts if it names one. */
  private List<String> stamps(ChartResource referral) {
    List<String> counted =
        referral.codes("category", Vocabulary.OMRADE).stream()
            .flatMap(it -> vocabulary.property(Vocabulary.OMRADE, it, "remissdatum").stream())
            .toList();
    return counted.isEmpty() ? STAMPS : counted;
  }

  private boolean isCountedFromReferral(ChartResource event) {
    return event.type().equals("Procedure")
        && event.codes("category", Vocabulary.ATGARD).stream()
            .anyMatch(it -> vocabulary.flag(Vocabulary.ATGARD, it, "remiss"));
  }

  /** Whether a referral of the same area counts that was dated on or before the day. */
  private boolean hasEarlier(Chart chart, ChartResource event, LocalDate day) {
    List<String> areas =
        event.codes("category", Vocabulary.ATGARD).stream()
            .flatMap(it -> vocabulary.property(Vocabulary.ATGARD, it, "omrade").stream())
            .toList();
    return chart.of("ServiceRequest").stream()
        .filter(DatedElements::isReferral)
        .filter(it -> CountedStatus.counts(it) && !DatedElements.isRefused(it))
        .filter(it -> it.codes("category", Vocabulary.OMRADE).stream().anyMatch(areas::contains))
        .flatMap(it -> stamps(it).stream().map(stamp -> DatedElements.stamp(it, stamp, false)))
        .flatMap(it -> it.day().stream())
        .anyMatch(it -> !it.isAfter(day));
  }
}
