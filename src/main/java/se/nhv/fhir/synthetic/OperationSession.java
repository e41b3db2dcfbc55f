package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;

/** One operation session, its parts, or that it was called off; with one of some KVÅ codes. */
final class OperationSession {

  private OperationSession() {}

  /** Writes a session of that day, which the chart must reach. */
  static Procedure write(
      Chart chart,
      LocalDate day,
      Diagnosis diagnosis,
      HospitalStay stay,
      String atgard,
      List<String> kva) {
    Procedure session = CodedProcedure.of(chart, diagnosis, code(chart, kva), atgard);
    session.setEncounter(stay.reference());
    LocalDateTime start = day.atTime(chart.chance.between(8, 12), 5 * chart.chance.between(0, 11));
    if (chart.chance.happens(0.5)) {
      session.setPerformed(chart.dates.write(start));
    } else {
      session.setPerformed(chart.dates.write(start, start.plusHours(chart.chance.between(1, 5))));
    }
    return chart.add("op", session);
  }

  /** Writes a part of the session with a KVÅ code of its own, which is not an operation more. */
  static void component(Chart chart, Procedure session, Diagnosis diagnosis, List<String> kva) {
    Procedure part = CodedProcedure.of(chart, diagnosis, code(chart, kva));
    part.setCategory(session.getCategory().copy());
    part.setPerformed(session.getPerformed().copy()).setEncounter(session.getEncounter().copy());
    part.addPartOf(Chart.to(session));
    chart.add("delop", part);
  }

  /** Writes an operation that was called off on the day. */
  static void callOff(
      Chart chart, LocalDate day, Diagnosis diagnosis, String atgard, List<String> kva) {
    Procedure session = CodedProcedure.of(chart, diagnosis, code(chart, kva), atgard);
    session.setStatus(ProcedureStatus.NOTDONE).setPerformed(WrittenDates.day(day));
    chart.add("op", session);
  }

  private static CodeableConcept code(Chart chart, List<String> kva) {
    return Terminology.coded(Terminology.KVA, chart.chance.oneOf(kva));
  }
}
