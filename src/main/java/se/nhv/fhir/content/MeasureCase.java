package se.nhv.fhir.content;

import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.RawResource;

/**
 * A case worked out by hand: some patients and what the Measure must say of them.
 *
 * @param measureId the id of the Measure, which is the name of the folder
 * @param name the name of the case, which is the name of its folder
 * @param resources the patients' resources
 * @param expected the report expected; its period and date are the input of the evaluation
 */
public record MeasureCase(
    String measureId, String name, List<RawResource> resources, MeasureReport expected)
    implements Comparable<MeasureCase> {

  private static final String DESCRIPTION =
      "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-testCaseDescription";

  /** Copies the list. */
  public MeasureCase {
    resources = List.copyOf(resources);
  }

  /** Why the expected figures follow from the document: one sentence, in Swedish. */
  public String description() {
    return expected.getExtensionString(DESCRIPTION) != null
        ? expected.getExtensionString(DESCRIPTION)
        : "";
  }

  @Override
  public int compareTo(MeasureCase other) {
    int byMeasure = measureId.compareTo(other.measureId);
    return byMeasure != 0 ? byMeasure : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return measureId + "/" + name;
  }
}
