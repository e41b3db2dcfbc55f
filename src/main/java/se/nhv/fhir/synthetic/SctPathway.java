package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * The way of one patient with systemic sclerosis: referral, MDK, the decision to offer stem cells
 * or not, and for some the transplantation.
 */
final class SctPathway {

  private static final SctDiagnosis DIAGNOSIS = SctDiagnosis.SYSTEMIC_SCLEROSIS;

  private final Chart chart;
  private final Chance chance;
  private @Nullable ServiceRequest referral;

  SctPathway(Chart chart) {
    this.chart = chart;
    this.chance = chart.chance;
  }

  /** Writes all care of someone whose referral was written on that day. */
  void from(LocalDate written) {
    Waiting waiting = Waiting.from(chart, written, 7);
    if (waiting == null) {
      return;
    }
    referral = waiting.referral();
    Finding.record(chart, waiting.conference(), DIAGNOSIS);
    assess(waiting.conference(), 1);
  }

  /** The MDK and its decision; whoever is not offered stem cells may be taken up once more. */
  private void assess(LocalDate conference, int more) {
    if (MultidisciplinaryConference.hold(chart, conference, DIAGNOSIS, referral) == null) {
      return;
    }
    LocalDate measured = conference.minusDays(chance.between(0, 3));
    if (chance.happens(0.04)) {
      chance.oneOf(OrganFailure.OF_ANY).befall(chart, measured);
    } else {
      OrganFailure.rule(chart, measured);
    }
    if (chance.happens(chart.traits.carePlanned())) {
      CarePlanning.write(chart, conference.plusDays(chance.between(0, 70)));
    }
    LocalDate decided =
        chance.happens(0.6) ? conference : conference.plusDays(chance.between(1, 28));
    boolean offered = chance.happens(0.8);
    decide(decided, offered);
    if (offered) {
      new Transplantation(chart, referral).from(decided);
    } else if (more > 0 && chance.happens(0.4)) {
      assess(Workday.onOrAfter(decided.plusDays(chance.between(150, 400))), more - 1);
    }
  }

  private void decide(LocalDate day, boolean offered) {
    if (!chart.omits(chart.omissions().answer())) {
      @Nullable ServiceRequest base = chance.happens(0.7) ? referral : null;
      String svar = offered ? "erbjuden" : "ej-erbjuden";
      Observed.write(chart, day, "sct-beslut", Observed.answer(svar), base);
    }
  }
}
