package se.nhv.fhir.intake.mapping;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource after mapping, and how it came about.
 *
 * @param before as it was sent
 * @param after as the criteria see it; the same instance where nothing changes
 * @param differences what was changed, in the order in which it was done
 * @param failures rules that could not do what they say; the resource is as without them
 */
public record MappedResource(
    Resource before, Resource after, List<Difference> differences, List<Failure> failures) {

  /**
   * One change.
   *
   * @param element where
   * @param before what stood there, in short; empty for nothing
   * @param after what stands there now, in short
   * @param rule the ConceptMap, or the StructureMap with group and rule
   */
  public record Difference(String element, String before, String after, String rule) {}

  /**
   * A rule that could not be applied.
   *
   * @param rule the ConceptMap, or the StructureMap with group and rule
   * @param reason why, without any value of the resource
   */
  public record Failure(String rule, String reason) {}
}
