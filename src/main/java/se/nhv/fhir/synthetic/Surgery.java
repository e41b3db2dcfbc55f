package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Procedure;

/** Kinds of operation under the permit, with KVÅ codes that go with them. */
@SuppressWarnings("ImmutableEnumChecker") // every list is made by List.of
enum Surgery {
  NET("net-kirurgi", List.of("JLC10", "JLC11", "JLC40", "JLC00", "JLC96")),
  ADRENAL("binjure-kirurgi", List.of("BCA30", "BCA31", "BCA40", "BCA20")),
  VALVE("klaffkirurgi", List.of("FGE10", "FJF10", "FGE00"));

  private final String atgard;
  private final List<String> kva;

  Surgery(String atgard, List<String> kva) {
    this.atgard = atgard;
    this.kva = kva;
  }

  /** Writes the operation of that day and the stay around it; the chart must reach the day. */
  HospitalStay perform(Chart chart, LocalDate day, Diagnosis diagnosis) {
    boolean daySurgery = this != VALVE && chart.chance.happens(0.08);
    int before = daySurgery ? 0 : chart.chance.between(0, 1);
    int nights =
        daySurgery ? 0 : chart.chance.daysAround(chart.traits.daysInHospital(), 0.5, 1, 90);
    HospitalStay stay =
        HospitalStay.surgical(chart, day.minusDays(before), Math.max(before, nights));
    Procedure session = OperationSession.write(chart, day, diagnosis, stay, atgard, kva);
    if (chart.chance.happens(0.15)) {
      OperationSession.component(chart, session, diagnosis, kva);
    }
    LocalDate again = chart.deathOr(day.plusDays(chart.chance.between(1, 3)));
    boolean stillThere = !again.isAfter(stay.discharged().toLocalDate());
    if (!daySurgery && stillThere && chart.reaches(again) && chart.chance.happens(0.03)) {
      OperationSession.write(chart, again, diagnosis, stay, atgard, kva);
    }
    return stay;
  }

  /** Writes an operation that was called off on the day. */
  void callOff(Chart chart, LocalDate day, Diagnosis diagnosis) {
    OperationSession.callOff(chart, day, diagnosis, atgard, kva);
  }
}
