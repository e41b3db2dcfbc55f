package se.nhv.fhir.synthetic;

import java.util.List;
import java.util.Map;
import se.nhv.fhir.measure.Unit;

/**
 * Three hospitals that do not exist: all give care of neuroendocrine tumours and adrenal tumours,
 * and two of them each of the other areas. Their names are of no place in Sweden, and their HSA-ids
 * begin with SE0000000000: organisation number 000000-0000 is never given out, so they cannot be
 * taken for real ones.
 */
public final class SyntheticHospitals {

  private static final long SEED = 20230401;

  private static final UnitTraits FIRST =
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
          new FaultRates(0.01, 0.01, 0.01, 0.002, 0.005, 0.005));

  private static final UnitTraits SECOND =
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
          new FaultRates(0.04, 0.03, 0.03, 0.006, 0.03, 0.01));

  private static final UnitTraits THIRD =
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
          new FaultRates(0.02, 0.06, 0.005, 0.001, 0.01, 0.03));

  /** Of areas with so few patients that a rarer fault would never be seen. */
  private static final FaultRates OF_FEW =
      new FaultRates(
          0.06, 0.03, 0.05, 0.006, 0.05, 0.03, new Omissions(0.05, 0.15, 0.05, 0.07, 0.14, 0.05));

  private static final List<SyntheticUnit> UNITS =
      List.of(
          new SyntheticUnit(
              new Unit("SE0000000000-NET1"),
              "Påhittade universitetssjukhuset Norrstad (syntetiskt)",
              "03",
              Map.of(
                  CareArea.NET, FIRST,
                  CareArea.ABK, FIRST.with(46, 19, 14, OF_FEW),
                  CareArea.BBC, FIRST.with(14, 12, 6, OF_FEW))),
          new SyntheticUnit(
              new Unit("SE0000000000-NET2"),
              "Fantasisjukhuset Västerö (syntetiskt)",
              "14",
              Map.of(
                  CareArea.NET, SECOND,
                  CareArea.ABK, SECOND.with(38, 26, 17, OF_FEW),
                  CareArea.SCT, SECOND.with(15, 34, 19, OF_FEW))),
          new SyntheticUnit(
              new Unit("SE0000000000-NET3"),
              "Sagosjukhuset Söderby (syntetiskt)",
              "12",
              Map.of(
                  CareArea.NET, THIRD,
                  CareArea.SCT, THIRD.with(14, 27, 16, OF_FEW),
                  CareArea.BBC, THIRD.with(13, 16, 7, OF_FEW))));

  private SyntheticHospitals() {}

  /** The three units, always the same, by HSA-id. */
  public static List<SyntheticUnit> units() {
    return UNITS;
  }

  /** The care that one of them has given, always the same. */
  public static SyntheticCare care(SyntheticUnit unit) {
    return new SyntheticCare(unit, SEED, CareYears.NET_2022_TO_2025);
  }
}
