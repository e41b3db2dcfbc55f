package se.nhv.fhir.synthetic;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** An Observation: a coded answer, a yes or no, or a measured value. */
final class Observed {

  private Observed() {}

  /**
   * Writes the Observation of that day, if the chart reaches it.
   *
   * @param code a code of the code system observation
   * @param about the Procedure that it is part of, the ServiceRequest that it is based on, or null
   */
  static void write(Chart chart, LocalDate day, String code, Type value, @Nullable Resource about) {
    boolean amended = chart.chance.happens(0.03);
    write(chart, day, code, value, about, status(amended));
  }

  /** Writes the Observation of that day with that status, if the chart reaches it. */
  static void write(
      Chart chart,
      LocalDate day,
      String code,
      Type value,
      @Nullable Resource about,
      ObservationStatus status) {
    if (!chart.reaches(day)) {
      return;
    }
    Observation observation = new Observation();
    observation
        .setStatus(status)
        .setCode(Terminology.own("observation", code))
        .setSubject(chart.patient())
        .setEffective(chart.dates.write(chart.chance.momentOf(day)))
        .setValue(value);
    if (about instanceof Procedure) {
      observation.addPartOf(Chart.to(about));
    } else if (about != null) {
      observation.addBasedOn(Chart.to(about));
    }
    chart.add("obs", observation);
  }

  /** A coded answer (svar). */
  static CodeableConcept answer(String svar) {
    return Terminology.own("svar", svar);
  }

  /** Yes or no. */
  static BooleanType answer(boolean yes) {
    return new BooleanType(yes);
  }

  /** A value of that many tenths of the UCUM unit. */
  static Quantity tenths(int tenths, String unit) {
    return new Quantity()
        .setValue(BigDecimal.valueOf(tenths, 1))
        .setUnit(unit)
        .setSystem(Terminology.UCUM)
        .setCode(unit);
  }

  private static ObservationStatus status(boolean amended) {
    return amended ? ObservationStatus.AMENDED : ObservationStatus.FINAL;
  }
}
