package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A stay in hospital.
 *
 * @param encounter null if the unit has no Encounter of it
 * @param admitted when the patient came, in Swedish time
 * @param discharged when the patient left or died; may be after the data were taken out
 */
record HospitalStay(
    @Nullable Encounter encounter, LocalDateTime admitted, LocalDateTime discharged) {

  /** A stay that is always written down. */
  static HospitalStay inpatient(Chart chart, LocalDate first, int nights) {
    return write(chart, first, nights, nights == 0 ? "AMB" : "IMP");
  }

  /** A stay around an operation, whose Encounter some units now and then lack. */
  static HospitalStay surgical(Chart chart, LocalDate first, int nights) {
    if (chart.chance.happens(chart.traits.faults().encounterMissing())) {
      return new HospitalStay(null, first.atTime(7, 0), first.plusDays(nights).atTime(18, 0));
    }
    return inpatient(chart, first, nights);
  }

  private static HospitalStay write(Chart chart, LocalDate first, int nights, String kind) {
    LocalDateTime admitted = first.atTime(6, chart.chance.between(0, 59));
    LocalDate last = chart.deathOr(first.plusDays(nights));
    LocalDateTime discharged = last.atTime(18, chart.chance.between(0, 59));
    boolean open =
        chart.isAfterExtraction(last)
            || chart.chance.happens(chart.traits.faults().encounterNeverClosed());
    Encounter encounter = new Encounter();
    encounter
        .setStatus(open ? EncounterStatus.INPROGRESS : EncounterStatus.FINISHED)
        .setClass_(Terminology.encounterClass(kind))
        .setSubject(chart.patient())
        .setPeriod(chart.dates.write(admitted, open ? null : discharged))
        .setServiceProvider(chart.unit());
    return new HospitalStay(chart.add("vard", encounter), admitted, discharged);
  }

  /** A reference to the Encounter, or an empty one, which is not written. */
  Reference reference() {
    return encounter == null ? new Reference() : Chart.to(encounter);
  }
}
