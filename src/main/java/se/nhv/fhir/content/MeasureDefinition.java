package se.nhv.fhir.content;

import java.util.SortedSet;
import org.hl7.fhir.r4.model.Measure;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.ReportingSchedule;

/**
 * A Measure that has passed every check, and what is derived from it.
 *
 * @param reference its name and version
 * @param area its licensed area, from its topic
 * @param schedule when it is owed
 * @param resource the FHIR Measure; shared, not to be changed
 * @param libraryId the id of its CQL library, name and version
 * @param requiredTypes the resource types that its library and those it includes retrieve
 * @param contentHash SHA-256 in hex over all that decides its figures: the Measure, its CQL with
 *     what that includes, and the value sets named there
 */
public record MeasureDefinition(
    MeasureReference reference,
    Area area,
    ReportingSchedule schedule,
    Measure resource,
    String libraryId,
    SortedSet<String> requiredTypes,
    String contentHash)
    implements Comparable<MeasureDefinition> {

  /** Whether it has content; a development indicator may have none yet. */
  public boolean isComputable() {
    return resource.hasGroup();
  }

  @Override
  public int compareTo(MeasureDefinition other) {
    return reference.compareTo(other.reference);
  }
}
