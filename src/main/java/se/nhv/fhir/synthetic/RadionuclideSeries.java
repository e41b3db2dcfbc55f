package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.jspecify.annotations.Nullable;

/**
 * A series of two to four administrations of a radionuclide, six to eight weeks apart, so that many
 * reach into the next year. The Procedure that stands for the series has no category.
 */
enum RadionuclideSeries {
  LUTETIUM("net-radionuklid", "DV009", "Behandling med radioaktiva isotoper (i)"),
  MIBG("feokromocytom-radionuklid", "ZV032", "Metajodbensylguanidin (MIBG)");

  private final String atgard;
  private final String kva;
  private final String text;

  RadionuclideSeries(String atgard, String kva, String text) {
    this.atgard = atgard;
    this.kva = kva;
    this.text = text;
  }

  /**
   * Writes the series from that day, which the chart must reach, as far as the chart reaches.
   *
   * @return the stays for the administrations, the first first
   */
  List<HospitalStay> give(Chart chart, LocalDate first, Diagnosis diagnosis) {
    List<LocalDate> planned = plan(chart.chance, first);
    List<LocalDate> days = planned.stream().filter(chart::reaches).toList();
    Procedure series =
        chart.chance.happens(0.97) ? series(chart, days, diagnosis, status(chart, planned)) : null;
    return days.stream().map(day -> administer(chart, day, diagnosis, series)).toList();
  }

  private static List<LocalDate> plan(Chance chance, LocalDate first) {
    List<LocalDate> days = new ArrayList<>(List.of(first));
    int count = chance.between(2, 4);
    while (days.size() < count) {
      LocalDate next = days.get(days.size() - 1).plusDays(chance.between(42, 56));
      days.add(Workday.onOrAfter(next));
    }
    return days;
  }

  private Procedure series(
      Chart chart, List<LocalDate> days, Diagnosis diagnosis, ProcedureStatus status) {
    Procedure series = CodedProcedure.of(chart, diagnosis, code());
    LocalDate last = days.get(days.size() - 1);
    boolean ended = status != ProcedureStatus.INPROGRESS;
    series.setPerformed(
        chart.dates.write(days.get(0).atTime(8, 0), ended ? last.atTime(15, 0) : null));
    series.setStatus(status);
    return chart.add("serie", series);
  }

  private static ProcedureStatus status(Chart chart, List<LocalDate> planned) {
    LocalDate last = planned.get(planned.size() - 1);
    if (chart.isAfterDeath(last)) {
      return ProcedureStatus.STOPPED;
    }
    return chart.isAfterExtraction(last) ? ProcedureStatus.INPROGRESS : ProcedureStatus.COMPLETED;
  }

  private HospitalStay administer(
      Chart chart, LocalDate day, Diagnosis diagnosis, @Nullable Procedure series) {
    HospitalStay stay = HospitalStay.inpatient(chart, day, chart.chance.between(0, 2));
    Procedure administration = CodedProcedure.of(chart, diagnosis, code(), atgard);
    administration
        .setEncounter(stay.reference())
        .setPerformed(chart.dates.write(day.atTime(chart.chance.between(9, 14), 30)));
    if (series != null) {
      administration.addPartOf(Chart.to(series));
    }
    chart.add("radionuklid", administration);
    return stay;
  }

  private CodeableConcept code() {
    return Terminology.coded(Terminology.KVA, kva, text);
  }
}
