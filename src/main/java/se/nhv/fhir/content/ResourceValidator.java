package se.nhv.fhir.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ValidationOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * Judges a FHIR R4 resource by FHIR itself and by our profiles of it. Codes of our own systems must
 * exist; codes of systems that are not carried here (ICD-10-SE, KVÅ, ATC, SNOMED CT, LOINC,
 * länskod) cannot be checked, and give a warning that says so.
 *
 * <p>Thread-safe. It asks no network. The first answer takes seconds, since FHIR's own definitions
 * are read then: call {@link #warm()} in the background.
 */
public final class ResourceValidator {

  // Numbers keep their digits.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final FhirContext context;
  private final FhirValidator validator;
  private final ProfileSelection selection;
  private volatile boolean warm;

  /**
   * @param definitions profiles and extensions, differential only; copies are taken
   * @throws IllegalArgumentException naming every profile that cannot be used
   */
  public ResourceValidator(
      FhirContext context,
      Collection<StructureDefinition> definitions,
      Collection<ValueSet> valueSets,
      Collection<CodeSystem> codeSystems) {
    this.context = context;
    this.selection = new ProfileSelection(context, definitions);
    List<MetadataResource> all = new ArrayList<>(definitions);
    all.addAll(valueSets);
    all.addAll(codeSystems);
    FhirInstanceValidator module = new FhirInstanceValidator(ConformanceSupport.of(context, all));
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    module.setErrorForUnknownProfiles(false);
    // A reference to Group/1 is taken to lead to a Group, so that its type can be judged.
    module.setAssumeValidRestReferences(true);
    this.validator = context.newValidator().registerValidatorModule(module);
  }

  /** The canonical URLs of the profiles that can be asked for, in alphabetical order. */
  public Set<String> profiles() {
    return selection.urls();
  }

  /** Whether an answer comes at once; until then the first one takes seconds. */
  public boolean isWarm() {
    return warm;
  }

  /** Reads what the first answer needs. Returns when that is done; safe to call more than once. */
  public void warm() {
    validate("{\"resourceType\":\"Patient\"}");
    warm = true;
  }

  /**
   * Judges a resource, or each resource of a Bundle, by the profiles that speak of it.
   *
   * @param json the resource
   * @return the issues, worst not first but in the order of the resource; one informational issue
   *     if there are none
   */
  public OperationOutcome validate(String json) {
    try {
      JsonNode tree = tree(json);
      Set<ValidationIssue> issues = new LinkedHashSet<>(judge(json));
      if (tree.path("resourceType").asText().equals("Bundle")) {
        issues.addAll(judgeEntries(tree));
      }
      return ValidationIssue.outcome(List.copyOf(issues));
    } catch (JsonProcessingException e) {
      return ValidationIssue.outcome(unreadable(e));
    }
  }

  /**
   * Judges a resource by one profile.
   *
   * @param json the resource
   * @param profile canonical URL of one of {@link #profiles()}
   * @throws IllegalArgumentException if there is no such profile
   */
  public OperationOutcome validate(String json, String profile) {
    if (!selection.urls().contains(profile)) {
      throw new IllegalArgumentException(
          "No profile " + profile + "; there are " + String.join(", ", selection.urls()));
    }
    try {
      tree(json);
      return ValidationIssue.outcome(judge(json, List.of(profile)));
    } catch (JsonProcessingException e) {
      return ValidationIssue.outcome(unreadable(e));
    }
  }

  private List<ValidationIssue> judgeEntries(JsonNode bundle) {
    List<ValidationIssue> issues = new ArrayList<>();
    JsonNode entries = bundle.path("entry");
    for (int i = 0; i < entries.size(); i++) {
      JsonNode resource = entries.path(i).path("resource");
      if (resource.isObject()) {
        String place = "Bundle.entry[" + i + "].resource";
        judge(resource.toString()).forEach(issue -> issues.add(issue.within(place)));
      }
    }
    return issues;
  }

  private List<ValidationIssue> judge(String json) {
    try {
      return judge(json, selection.of(parse(json)));
    } catch (DataFormatException e) {
      List<ValidationIssue> issues = judge(json, List.of());
      // The validator says better than the parser what is wrong, if it sees it.
      return issues.stream().anyMatch(ValidationIssue::isError) ? issues : unreadable(e);
    }
  }

  private List<ValidationIssue> judge(String json, List<String> profiles) {
    ValidationOptions options = new ValidationOptions();
    profiles.forEach(options::addProfile);
    try {
      return validator.validateWithResult(json, options).getMessages().stream()
          .map(ValidationIssue::of)
          .distinct()
          .toList();
    } catch (DataFormatException | BaseServerResponseException e) {
      return unreadable(e);
    }
  }

  private Resource parse(String json) {
    // Lenient and silent: what it overlooks here, the validator reports.
    LenientErrorHandler lenient = new LenientErrorHandler(false).setErrorOnInvalidValue(false);
    return (Resource) context.newJsonParser().setParserErrorHandler(lenient).parseResource(json);
  }

  // HAPI's own reader of JSON overlooks some faults and throws on others.
  private static JsonNode tree(String json) throws JsonProcessingException {
    JsonNode tree = JSON.readTree(json);
    if (!tree.isObject()) {
      throw new JsonMappingException(null, "a resource is a JSON object");
    }
    return tree;
  }

  private static List<ValidationIssue> unreadable(Exception e) {
    return List.of(
        ValidationIssue.error(
            IssueType.STRUCTURE, "", "Not a FHIR R4 resource in JSON: " + e.getMessage()));
  }
}
