package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.measure.Canonicals;

/** Walks {@code profiles/examples}: what is good must pass, and every rule must be seen to bite. */
class ProfileExamplesTest {

  @TestFactory
  Stream<DynamicTest> goodExamplesPass() {
    return examples(false).map(file -> dynamicTest(name(file), () -> passes(file)));
  }

  @TestFactory
  Stream<DynamicTest> badExamplesFailAsTheirOutcomeSays() {
    return examples(true).map(file -> dynamicTest(name(file), () -> failsAsExpected(file)));
  }

  @Test
  void everyRuleHasAnExampleThatFailsOnIt() {
    Set<String> rules = new TreeSet<>();
    ProfileFiles.structureDefinitions().forEach(d -> rules.addAll(ProfileRules.of(d)));
    assertThat(rulesThatAreShown()).containsExactlyElementsOf(rules);
  }

  @Test
  void everyDefinitionIsUsedInAnExampleThatPasses() {
    String good = String.join("\n", examples(false).map(ProfileFiles::text).toList());
    assertThat(ProfileFiles.structureDefinitions())
        .allSatisfy(
            definition -> {
              if (definition.getType().equals("Extension")) {
                assertThat(good).contains("\"" + definition.getUrl() + "\"");
              } else {
                assertThat(examples(false).map(ProfileExamplesTest::definition))
                    .contains(definition.getIdPart());
              }
            });
  }

  @Test
  void everyOutcomeBelongsToAnExampleAndEveryFolderToADefinition() {
    Set<String> ids = new TreeSet<>();
    ProfileFiles.structureDefinitions().forEach(definition -> ids.add(definition.getIdPart()));
    assertThat(ProfileFiles.walk(ProfileFiles.EXAMPLES))
        .allSatisfy(file -> assertThat(ids).contains(definition(file)))
        .filteredOn(file -> file.toString().endsWith(".outcome.json"))
        .allSatisfy(
            file ->
                assertThat(Path.of(file.toString().replace(".outcome.json", ".json"))).exists());
  }

  @Test
  void theReadmeLinksEveryProfileAndOnlyToWhatExists() {
    String readme = ProfileFiles.text(ProfileFiles.ROOT.resolve("README.md"));
    List<String> links =
        Pattern.compile("\\]\\(([^)]+)\\)").matcher(readme).results().map(r -> r.group(1)).toList();
    assertThat(links).allSatisfy(link -> assertThat(ProfileFiles.ROOT.resolve(link)).exists());
    assertThat(links)
        .containsAll(
            ProfileFiles.validator().profiles().stream()
                .map(
                    url ->
                        "StructureDefinition-" + url.substring(url.lastIndexOf('/') + 1) + ".json")
                .toList());
  }

  private static void passes(Path file) {
    Resource resource = ProfileFiles.parse(Resource.class, file);
    assertThat(file.getFileName())
        .hasToString(resource.fhirType() + "-" + resource.getIdElement().getIdPart() + ".json");
    assertThat(ProfileFiles.validator().validate(ProfileFiles.text(file)).getIssue())
        .noneMatch(ProfileExamplesTest::isError);
    assertThat(judge(file).getIssue()).noneMatch(ProfileExamplesTest::isError);
  }

  private static void failsAsExpected(Path file) {
    OperationOutcome expected = ProfileFiles.parse(OperationOutcome.class, outcome(file));
    OperationOutcome actual = judge(file);
    assertThat(expected.getIssue())
        .isNotEmpty()
        .allSatisfy(
            issue -> assertThat(actual.getIssue()).anyMatch(found -> answers(issue, found)));
    assertThat(actual.getIssue())
        .filteredOn(ProfileExamplesTest::isError)
        .allSatisfy(
            found -> assertThat(expected.getIssue()).anyMatch(issue -> answers(issue, found)));
  }

  private static boolean answers(
      OperationOutcomeIssueComponent expected, OperationOutcomeIssueComponent found) {
    return found.getSeverity() == expected.getSeverity()
        && found.getCode() == expected.getCode()
        && found.getDiagnostics().contains(expected.getDiagnostics())
        && found.getExpression().toString().equals(expected.getExpression().toString());
  }

  /** By the profile that the folder names; in the folder of an extension, by those that apply. */
  private static OperationOutcome judge(Path file) {
    String profile = Canonicals.structureDefinition(definition(file));
    String json = ProfileFiles.text(file);
    return ProfileFiles.validator().profiles().contains(profile)
        ? ProfileFiles.validator().validate(json, profile)
        : ProfileFiles.validator().validate(json);
  }

  private static Set<String> rulesThatAreShown() {
    Set<String> shown = new TreeSet<>();
    examples(true)
        .map(file -> ProfileFiles.parse(OperationOutcome.class, outcome(file)))
        .flatMap(outcome -> outcome.getIssue().stream())
        .filter(OperationOutcomeIssueComponent::hasDetails)
        .forEach(issue -> shown.add(issue.getDetails().getText()));
    return shown;
  }

  private static boolean isError(OperationOutcomeIssueComponent issue) {
    return issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL;
  }

  private static Stream<Path> examples(boolean invalid) {
    return ProfileFiles.walk(ProfileFiles.EXAMPLES)
        .filter(file -> !file.toString().endsWith(".outcome.json"))
        .filter(file -> file.toString().contains("/invalid/") == invalid);
  }

  private static String definition(Path file) {
    return ProfileFiles.EXAMPLES.relativize(file).getName(0).toString();
  }

  private static String name(Path file) {
    return ProfileFiles.EXAMPLES.relativize(file).toString();
  }

  private static Path outcome(Path file) {
    Path outcome = Path.of(file.toString().replace(".json", ".outcome.json"));
    assertThat(Files.exists(outcome)).as("%s is missing", outcome).isTrue();
    return outcome;
  }
}
