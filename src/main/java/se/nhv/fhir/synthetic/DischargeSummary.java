package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Reference;

/** The discharge summary (epikris) of a stay, and its sending to whoever referred the patient. */
final class DischargeSummary {

  private DischargeSummary() {}

  /** Writes both, if the stay is written down and ended; now and then one is late or missing. */
  static void after(Chart chart, HospitalStay stay) {
    Encounter encounter = stay.encounter();
    if (encounter == null || encounter.getStatus() != EncounterStatus.FINISHED) {
      return;
    }
    Chance chance = chart.chance;
    int delay = chance.happens(0.06) ? chance.between(90, 400) : chance.between(0, 12);
    LocalDateTime written = at(chance, stay.discharged().toLocalDate().plusDays(delay));
    if (chart.reaches(written) && chance.happens(0.94)) {
      write(chart, encounter, written);
    }
    LocalDateTime sent = at(chance, written.toLocalDate().plusDays(chance.between(0, 9)));
    if (chart.reaches(sent) && chance.happens(0.9)) {
      send(chart, encounter, sent);
    }
  }

  /** In the evening, later than any discharge. */
  private static LocalDateTime at(Chance chance, LocalDate day) {
    return day.atTime(19, chance.between(0, 59));
  }

  private static void write(Chart chart, Encounter encounter, LocalDateTime written) {
    DocumentReference summary = new DocumentReference();
    summary
        .setStatus(DocumentReferenceStatus.CURRENT)
        .setType(Terminology.coded(Terminology.LOINC, "18842-5", "Discharge summary"))
        .setSubject(chart.patient())
        .setDateElement(chart.dates.instant(written));
    summary.getContext().addEncounter(Chart.to(encounter));
    summary
        .addContent()
        .setAttachment(new Attachment().setContentType("text/plain").setTitle("Epikris"));
    chart.add("epikris", summary);
  }

  private static void send(Chart chart, Encounter encounter, LocalDateTime sent) {
    Communication sending = new Communication();
    sending
        .setStatus(
            chart.chance.happens(0.02)
                ? CommunicationStatus.INPROGRESS
                : CommunicationStatus.COMPLETED)
        .addCategory(Terminology.own("overrapportering", "epikris-till-remittent"))
        .setSubject(chart.patient())
        .setEncounter(Chart.to(encounter))
        .setSentElement(chart.dates.write(sent))
        .addRecipient(new Reference().setDisplay("Remittenten i region " + chart.home()));
    chart.add("sandning", sending);
  }
}
