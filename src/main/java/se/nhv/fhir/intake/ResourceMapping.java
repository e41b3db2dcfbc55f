package se.nhv.fhir.intake;

import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.Unit;

/**
 * How the units' own codes and elements become those of the data contract, before the contract is
 * checked. Safe for use by many threads at once.
 */
@FunctionalInterface
public interface ResourceMapping {

  /** No unit has a mapping. */
  ResourceMapping NONE = unit -> InForce.NONE;

  /** The unit's mapping at this moment. */
  InForce inForce(Unit unit);

  /** One unit's mapping, which does not change. */
  interface InForce {

    /** That of a unit that has never had a mapping. */
    InForce NONE =
        new InForce() {
          @Override
          public String version() {
            return "";
          }

          @Override
          public Resource apply(Resource resource) {
            return resource;
          }
        };

    /** Which mapping it is; empty when nothing is mapped. */
    String version();

    /**
     * The resource as the criteria are to see it: a new one, or the same instance where the mapping
     * changes nothing. The given resource stays as it is.
     */
    Resource apply(Resource resource);
  }
}
