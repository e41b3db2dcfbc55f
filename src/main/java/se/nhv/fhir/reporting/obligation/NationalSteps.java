package se.nhv.fhir.reporting.obligation;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Provenance;
import se.nhv.fhir.measure.Unit;

/**
 * What the authority has answered to what was handed in elsewhere. Safe for use by many threads at
 * once.
 */
@FunctionalInterface
public interface NationalSteps {

  /**
   * The steps on the way of a revision, as that side keeps them.
   *
   * @param unit whose report it is
   * @param report its id
   * @param revision the number of the revision there, from 1
   * @return empty when that side could not be asked
   */
  Optional<List<Provenance>> of(Unit unit, String report, long revision);
}
