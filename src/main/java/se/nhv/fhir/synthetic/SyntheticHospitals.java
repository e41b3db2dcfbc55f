package se.nhv.fhir.synthetic;

import java.util.List;
import se.nhv.fhir.measure.Unit;

/**
 * Three hospitals that do not exist, each with care of neuroendocrine tumours and adrenal tumours.
 * Their names are of no place in Sweden, and their HSA-ids begin with SE0000000000: organisation
 * number 000000-0000 is never given out, so they cannot be taken for real ones.
 */
public final class SyntheticHospitals {

  private static final List<SyntheticUnit> UNITS =
      List.of(
          new SyntheticUnit(
              new Unit("SE0000000000-NET1"),
              "Påhittade universitetssjukhuset Norrstad (syntetiskt)",
              "03",
              new UnitTraits(
                  90,
                  true,
                  14,
                  6,
                  0.82,
                  0.85,
                  0.68,
                  0.15,
                  0.25,
                  new FaultRates(0.01, 0.01, 0.01, 0.002, 0.005, 0.005))),
          new SyntheticUnit(
              new Unit("SE0000000000-NET2"),
              "Fantasisjukhuset Västerö (syntetiskt)",
              "14",
              new UnitTraits(
                  66,
                  false,
                  21,
                  7,
                  0.6,
                  0.7,
                  0.52,
                  0.5,
                  0.05,
                  new FaultRates(0.04, 0.03, 0.03, 0.006, 0.03, 0.01))),
          new SyntheticUnit(
              new Unit("SE0000000000-NET3"),
              "Sagosjukhuset Söderby (syntetiskt)",
              "12",
              new UnitTraits(
                  50,
                  false,
                  17,
                  5,
                  0.72,
                  0.9,
                  0.75,
                  0.02,
                  0.85,
                  new FaultRates(0.02, 0.06, 0.005, 0.001, 0.01, 0.03))));

  private SyntheticHospitals() {}

  /** The three units, always the same, by HSA-id. */
  public static List<SyntheticUnit> units() {
    return UNITS;
  }
}
