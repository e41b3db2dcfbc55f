package se.nhv.fhir.evaluation;

import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.measure.Canonicals;

/** Writes N, mean, SD and percentiles as the extension {@code statistik}. */
final class StatisticsExtension {

  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private final Coding unit;

  /** With the unit of the values (UCUM). */
  StatisticsExtension(Coding unit) {
    this.unit = unit;
  }

  /**
   * The extension.
   *
   * @param patients how many patients the values come from, or -1 where each value is a patient
   */
  Extension of(Values values, long patients) {
    Extension statistics = new Extension(Canonicals.structureDefinition("statistik"));
    statistics.addExtension("count", new IntegerType(Math.toIntExact(values.count())));
    add(statistics, "mean", values.mean());
    add(statistics, "standard-deviation", values.standardDeviation());
    add(statistics, "p10", values.percentile(10));
    add(statistics, "median", values.percentile(50));
    add(statistics, "p90", values.percentile(90));
    if (patients >= 0) {
      statistics.addExtension("patients", new IntegerType(Math.toIntExact(patients)));
    }
    return statistics;
  }

  /** The mean with its unit; empty when there is no value. */
  Optional<Quantity> mean(Values values) {
    return values.mean().map(this::quantity);
  }

  private void add(Extension statistics, String part, Optional<BigDecimal> value) {
    statistics.addExtension(part, value.map(this::quantity).orElseGet(StatisticsExtension::absent));
  }

  private Quantity quantity(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return new Quantity()
        .setValue(stripped.scale() < 0 ? stripped.setScale(0) : stripped)
        .setUnit(unit.hasDisplay() ? unit.getDisplay() : unit.getCode())
        .setSystem(unit.getSystem())
        .setCode(unit.getCode());
  }

  private static Quantity absent() {
    Quantity quantity = new Quantity();
    quantity.addExtension(ABSENT, new CodeType("not-applicable"));
    return quantity;
  }
}
