package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/** A visit to the unit's outpatient clinic. */
final class Visit {

  private Visit() {}

  /** Writes a visit of that day. */
  static Encounter write(Chart chart, LocalDate day, EncounterStatus status) {
    LocalDateTime start = day.atTime(chart.chance.between(8, 15), 0);
    Encounter visit = new Encounter();
    visit
        .setStatus(status)
        .setClass_(Terminology.encounterClass("AMB"))
        .setSubject(chart.patient())
        .setPeriod(chart.dates.write(start, start.plusMinutes(45)))
        .setServiceProvider(chart.unit());
    return chart.add("besok", visit);
  }
}
