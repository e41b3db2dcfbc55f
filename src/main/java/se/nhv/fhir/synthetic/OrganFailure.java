package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Quantity;

/** Failure of heart, lungs or kidneys, as a measured value or as a Condition. */
enum OrganFailure {
  WEAK_HEART("lvef") {
    @Override
    void befall(Chart chart, LocalDate day) {
      measure(chart, day, Observed.tenths(chart.chance.between(180, 295), "%"));
    }
  },
  LITTLE_OXYGEN("po2-vila-utan-syrgas") {
    @Override
    void befall(Chart chart, LocalDate day) {
      measure(chart, day, Observed.tenths(chart.chance.between(60, 79), "kPa"));
    }
  },
  MUCH_CARBON_DIOXIDE("pco2-vila-utan-syrgas") {
    @Override
    void befall(Chart chart, LocalDate day) {
      measure(chart, day, Observed.tenths(chart.chance.between(68, 85), "kPa"));
    }
  },
  OXYGEN_NEED("kroniskt-syrgasbehov"),
  UREMIA("uremi"),
  DIALYSIS("kvarstaende-dialysbehov"),
  TRANSPLANTED_ORGAN("organtransplanterad");

  /** Every kind. */
  static final List<OrganFailure> OF_ANY = List.of(values());

  private final String code;

  OrganFailure(String code) {
    this.code = code;
  }

  /** Writes the failure of that day, if the chart reaches it. */
  void befall(Chart chart, LocalDate day) {
    Finding.onset(chart, day, Terminology.own("organskada", code));
  }

  /** Writes what is measured of that day in someone whose organs are in order. */
  static void rule(Chart chart, LocalDate day) {
    Chance chance = chart.chance;
    WEAK_HEART.measure(chart, day, Observed.tenths(chance.around(590, 60, 400, 750), "%"));
    if (chance.happens(0.7)) {
      LITTLE_OXYGEN.measure(chart, day, Observed.tenths(chance.around(108, 9, 82, 135), "kPa"));
      MUCH_CARBON_DIOXIDE.measure(chart, day, Observed.tenths(chance.around(52, 4, 40, 64), "kPa"));
    }
  }

  final void measure(Chart chart, LocalDate day, Quantity value) {
    Observed.write(chart, day, code, value, null);
  }
}
