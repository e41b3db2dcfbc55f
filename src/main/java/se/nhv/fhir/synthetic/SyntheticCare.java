package se.nhv.fhir.synthetic;

import java.util.stream.Stream;

/**
 * The care of every area at one made-up unit, as that unit's FHIR server would tell it: the
 * patients of {@link SyntheticNetCare}, then those of the other areas that the unit gives, each of
 * one area only. A patient of one area depends on no other area. Immutable and thread-safe; a
 * patient exists only while its reader holds it.
 */
public final class SyntheticCare {

  private final SyntheticUnit unit;
  private final long seed;
  private final CareYears years;

  /** The care at that unit in those years; another seed gives other patients. */
  public SyntheticCare(SyntheticUnit unit, long seed, CareYears years) {
    this.unit = unit;
    this.seed = seed;
    this.years = years;
  }

  /** The unit. */
  public SyntheticUnit unit() {
    return unit;
  }

  /** As many patients of each area as a unit of this size has. */
  public Stream<SyntheticPatient> patients() {
    return unit.areas().keySet().stream().flatMap(this::patients);
  }

  /**
   * As many patients of that area as a unit of this size has.
   *
   * @throws IllegalArgumentException if the unit gives no such care
   */
  public Stream<SyntheticPatient> patients(CareArea area) {
    SyntheticAreaCare care = new SyntheticAreaCare(unit, area, seed, years);
    return care.patients(care.usualCount());
  }
}
