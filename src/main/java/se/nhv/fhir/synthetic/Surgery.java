package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;

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
    Procedure session = session(chart, day, diagnosis, stay);
    if (chart.chance.happens(0.15)) {
      component(chart, session, diagnosis);
    }
    LocalDate again = chart.deathOr(day.plusDays(chart.chance.between(1, 3)));
    boolean stillThere = !again.isAfter(stay.discharged().toLocalDate());
    if (!daySurgery && stillThere && chart.reaches(again) && chart.chance.happens(0.03)) {
      session(chart, again, diagnosis, stay);
    }
    return stay;
  }

  /** Writes an operation that was called off on the day. */
  void callOff(Chart chart, LocalDate day, Diagnosis diagnosis) {
    Procedure session = CodedProcedure.of(chart, diagnosis, code(chart), atgard);
    session.setStatus(ProcedureStatus.NOTDONE).setPerformed(WrittenDates.day(day));
    chart.add("op", session);
  }

  private Procedure session(Chart chart, LocalDate day, Diagnosis diagnosis, HospitalStay stay) {
    Procedure session = CodedProcedure.of(chart, diagnosis, code(chart), atgard);
    session.setEncounter(stay.reference());
    LocalDateTime start = day.atTime(chart.chance.between(8, 12), 5 * chart.chance.between(0, 11));
    if (chart.chance.happens(0.5)) {
      session.setPerformed(chart.dates.write(start));
    } else {
      session.setPerformed(chart.dates.write(start, start.plusHours(chart.chance.between(1, 5))));
    }
    return chart.add("op", session);
  }

  /** A part of the session with a KVÅ code of its own, which is not an operation more. */
  private void component(Chart chart, Procedure session, Diagnosis diagnosis) {
    Procedure part = CodedProcedure.of(chart, diagnosis, code(chart), atgard);
    part.setPerformed(session.getPerformed().copy()).setEncounter(session.getEncounter().copy());
    part.addPartOf(Chart.to(session));
    chart.add("delop", part);
  }

  private CodeableConcept code(Chart chart) {
    return Terminology.coded(Terminology.KVA, chart.chance.oneOf(kva));
  }
}
