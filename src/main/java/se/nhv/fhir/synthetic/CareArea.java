package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import se.nhv.fhir.measure.Area;

/** The licensed areas of care that synthetic units give. */
@SuppressWarnings("ImmutableEnumChecker") // a Lifespan is a record of numbers
public enum CareArea {
  /** Neuroendocrine tumours and adrenal tumours. */
  NET("net", new Lifespan(63, 13, 0.25, 20, 1_800)) {
    @Override
    void tell(Chart chart, LocalDate written) {
      new NetPathway(chart, NetDiagnosis.of(chart.chance, chart.traits)).from(written);
    }

    @Override
    String patientId(int number) {
      return "p" + number;
    }

    @Override
    String identifier(String unit, int number) {
      return unit + "-" + number;
    }

    @Override
    String stream(String unit) {
      return unit;
    }
  },
  /** Advanced pelvic surgery. */
  ABK("abk", new Lifespan(64, 11, 0.3, 30, 1_500)) {
    @Override
    void tell(Chart chart, LocalDate written) {
      new AbkPathway(chart, AbkDiagnosis.of(chart)).from(written);
    }
  },
  /** Stem-cell transplantation in systemic sclerosis. */
  SCT("sct", new Lifespan(50, 11, 0.28, 90, 520)) {
    @Override
    void tell(Chart chart, LocalDate written) {
      new SctPathway(chart).from(written);
    }
  },
  /** Adrenocortical cancer. */
  BBC("bbc", new Lifespan(54, 15, 0.45, 60, 1_500)) {
    @Override
    void tell(Chart chart, LocalDate written) {
      new BbcPathway(chart, BbcDiagnosis.of(chart.chance)).from(written);
    }
  };

  private final String code;
  private final Lifespan lifespan;

  CareArea(String code, Lifespan lifespan) {
    this.code = code;
    this.lifespan = lifespan;
  }

  /** The area as every room speaks of it. */
  public Area area() {
    return new Area(code);
  }

  /** Its code in the code system omrade. */
  String code() {
    return code;
  }

  Lifespan lifespan() {
    return lifespan;
  }

  /** Writes all care of someone whose referral was written on that day. */
  abstract void tell(Chart chart, LocalDate written);

  /** The logical id of the patient with that number. */
  String patientId(int number) {
    return code + number;
  }

  /** The value of the patient's identifier, the same for nobody else. */
  String identifier(String unit, int number) {
    return unit + "-" + patientId(number);
  }

  /** The name of the chance that rules the patients of this area at that unit. */
  String stream(String unit) {
    return unit + "/" + code;
  }
}
