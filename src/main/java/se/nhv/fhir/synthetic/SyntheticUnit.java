package se.nhv.fhir.synthetic;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Organization;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;

/**
 * A made-up hospital unit.
 *
 * @param unit its HSA-id, which no real organisation can have: the organisation number in it is all
 *     zeros
 * @param name its name, of a hospital that does not exist
 * @param county the two-digit länskod of the county from which most of its patients come
 * @param areas the care that it gives, and what makes it unlike the others in that; in the order of
 *     {@link CareArea}
 */
public record SyntheticUnit(
    Unit unit, String name, String county, Map<CareArea, UnitTraits> areas) {

  /** Copies the map, which must not be empty, or there is an IllegalArgumentException. */
  public SyntheticUnit {
    areas = Collections.unmodifiableMap(new EnumMap<>(areas));
  }

  /**
   * What makes the unit unlike the others in the care of that area.
   *
   * @throws IllegalArgumentException if the unit gives no such care
   */
  public UnitTraits traits(CareArea area) {
    UnitTraits traits = areas.get(area);
    if (traits == null) {
      throw new IllegalArgumentException(
          unit + " gives care of " + areas.keySet() + ", not " + area);
    }
    return traits;
  }

  /** The unit as an Organization, with the HSA-id as its id and its identifier. */
  public Organization organization() {
    Organization organization = new Organization();
    organization.setId(unit.hsaId());
    organization.getMeta().addTag(Terminology.testData());
    organization.addIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit.hsaId());
    organization.setActive(true).setName(name);
    return organization;
  }

  /** The same unit with other data faults in all its care. */
  public SyntheticUnit withFaults(FaultRates faults) {
    Map<CareArea, UnitTraits> others = new EnumMap<>(areas);
    others.replaceAll((area, traits) -> traits.withFaults(faults));
    return new SyntheticUnit(unit, name, county, others);
  }
}
