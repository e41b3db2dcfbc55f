package se.nhv.fhir.run.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.bulk.BulkRequest;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;

/**
 * A hospital's endpoint, as the settings name it.
 *
 * @param id its name in the settings; different from every other
 * @param unit whose data it holds
 * @param areas the areas whose data are asked for; empty for all
 * @param source where and how it is asked
 * @param export what it is asked to export; null for an endpoint that is searched
 * @param off whether it is not to be asked at all
 */
public record PullEndpoint(
    String id,
    Unit unit,
    List<Area> areas,
    FhirEndpoint source,
    @Nullable BulkRequest export,
    boolean off) {

  /** Copies the list. */
  public PullEndpoint {
    areas = List.copyOf(areas);
  }
}
