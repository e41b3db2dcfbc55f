package se.nhv.fhir.synthetic;

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
 * @param traits what makes it unlike the others
 */
public record SyntheticUnit(Unit unit, String name, String county, UnitTraits traits) {

  /** The unit as an Organization, with the HSA-id as its id and its identifier. */
  public Organization organization() {
    Organization organization = new Organization();
    organization.setId(unit.hsaId());
    organization.getMeta().addTag(Terminology.testData());
    organization.addIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit.hsaId());
    organization.setActive(true).setName(name);
    return organization;
  }

  /** The same unit with other data faults. */
  public SyntheticUnit withFaults(FaultRates faults) {
    return new SyntheticUnit(unit, name, county, traits.withFaults(faults));
  }
}
