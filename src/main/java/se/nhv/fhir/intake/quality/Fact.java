package se.nhv.fhir.intake.quality;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.MeasureReference;

/**
 * One rule of the data contract that one resource breaks.
 *
 * @param rule the code of the rule
 * @param resource type and id, as a relative reference
 * @param element the path of the element from the type on
 * @param patientId the logical id of the Patient; null if the resource is about none who is there
 * @param others the resources that it was compared with, as relative references
 * @param measures the Measures that read the element
 */
public record Fact(
    String rule,
    String resource,
    String element,
    @Nullable String patientId,
    List<String> others,
    SortedSet<MeasureReference> measures)
    implements Comparable<Fact> {

  /** Copies the lists. */
  public Fact {
    others = List.copyOf(others);
    measures = new TreeSet<>(measures);
  }

  /** The same for the same rule, resource and element, whatever else is known: 40 hex digits. */
  public String id() {
    return DigestUtils.sha256Hex(rule + "\n" + resource + "\n" + element).substring(0, 40);
  }

  @Override
  public int compareTo(Fact other) {
    int byRule = rule.compareTo(other.rule);
    int byResource = byRule != 0 ? byRule : resource.compareTo(other.resource);
    return byResource != 0 ? byResource : element.compareTo(other.element);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fact that
        && compareTo(that) == 0
        && Objects.equals(patientId, that.patientId)
        && others.equals(that.others)
        && measures.equals(that.measures);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, resource, element);
  }
}
