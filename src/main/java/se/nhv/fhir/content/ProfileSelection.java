package se.nhv.fhir.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.FhirPathExecutionException;
import ca.uhn.fhir.fhirpath.IFhirPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;
import se.nhv.fhir.measure.Canonicals;

/**
 * Which of our profiles speak of a resource: those of its type whose extension {@code urval} is
 * absent, or holds a FHIRPath that is true of it.
 */
final class ProfileSelection {

  private static final String SELECTION = Canonicals.structureDefinition("urval");

  private record Profile(String url, String type, Optional<String> condition) {}

  private final FhirContext context;
  private final List<Profile> profiles = new ArrayList<>();

  /**
   * @throws IllegalArgumentException naming every profile whose condition is no FHIRPath
   */
  ProfileSelection(FhirContext context, Collection<StructureDefinition> definitions) {
    this.context = context;
    List<String> faults = new ArrayList<>();
    for (StructureDefinition definition : definitions) {
      if (definition.getDerivation() == TypeDerivationRule.CONSTRAINT
          && !definition.getType().equals("Extension")) {
        Profile profile =
            new Profile(definition.getUrl(), definition.getType(), condition(definition));
        profile
            .condition()
            .flatMap(condition -> fault(profile.type(), condition))
            .ifPresent(fault -> faults.add(profile.url() + fault));
        profiles.add(profile);
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
  }

  /** The canonical URLs of the profiles, in alphabetical order. */
  Set<String> urls() {
    Set<String> urls = new TreeSet<>();
    profiles.forEach(profile -> urls.add(profile.url()));
    return urls;
  }

  /** The canonical URLs of the profiles that speak of the resource; often one, perhaps none. */
  List<String> of(Resource resource) {
    IFhirPath path = context.newFhirPath();
    return profiles.stream()
        .filter(profile -> profile.type().equals(resource.fhirType()))
        .filter(profile -> profile.condition().map(c -> holds(path, resource, c)).orElse(true))
        .map(Profile::url)
        .toList();
  }

  private static boolean holds(IFhirPath path, Resource resource, String condition) {
    return path.evaluateFirst(resource, condition, BooleanType.class)
        .map(BooleanType::booleanValue)
        .orElse(false);
  }

  private static Optional<String> condition(StructureDefinition definition) {
    return Optional.ofNullable(definition.getExtensionByUrl(SELECTION))
        .map(extension -> (Expression) extension.getValue())
        .map(Expression::getExpression);
  }

  private Optional<String> fault(String type, String condition) {
    try {
      Resource empty = (Resource) context.getResourceDefinition(type).newInstance();
      holds(context.newFhirPath(), empty, condition);
      return Optional.empty();
    } catch (FhirPathExecutionException e) {
      return Optional.of(": the extension urval is not FHIRPath: " + e.getMessage());
    }
  }
}
