package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The commands that judge content and files: {@code test} and {@code validate}. */
class ContentCommandsTest {

  private static final String CASE = "NETB1-2.0.0/gep-net";

  private final Path folder;
  private final Path good;
  private final Path bad;

  ContentCommandsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    good = folder.resolve("good.json");
    bad = folder.resolve("bad.json");
    String text =
        "\"text\":{\"status\":\"empty\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>-</div>\"}";
    Files.writeString(
        good, "{\"resourceType\":\"Basic\",\"id\":\"1\"," + text + ",\"code\":{\"text\":\"x\"}}");
    Files.writeString(bad, "{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"19xx\"}");
  }

  @Test
  void casesThatAgreeAreDone() {
    Ran ran = Ran.nhv("test", CASE, "NETB1-2.0.0/binjure");
    assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out()).containsPattern("(?m)^[1-9]\\d* passed, 0 failed$");
  }

  /**
   * Nobody in these cases is treated elsewhere, so the logic for foreign addresses stays unused.
   */
  @Test
  void populationsAndDefinitionsThatNoCaseReachesAreNamed() {
    Ran ran = Ran.nhv("test", "NETB1-2.0.0/atgardskod-i-annat-kodsystem");
    assertThat(ran.out()).contains("0 of 5", "never reached: ", "NET-2.0.0 \"Period\"");
  }

  @Test
  void anExpectedFigureThatDoesNotAgreeFailsAndIsNamed() throws IOException {
    for (String part : List.of("measures-fhir", "profiles")) {
      FileSystemUtils.copyRecursively(Path.of(part), folder.resolve(part));
    }
    Path expected =
        folder.resolve(
            "measures-fhir/input/tests/Measure/" + CASE + "/MeasureReport-expected.json");
    String text = Files.readString(expected);
    assertThat(text).contains("\"count\": 1");
    Files.writeString(expected, text.replaceFirst("\"count\": 1", "\"count\": 4711"));

    Ran ran = Ran.nhv("test", CASE, "--content", folder.toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out()).contains("FAILED " + CASE).contains("expected 4711, got 1");
    assertThat(ran.out()).contains(", 1 failed");
  }

  @Test
  void aMeasureWithoutCasesIsWrongUsage() {
    Ran ran = Ran.nhv("test", "NETX9");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("NETX9");
  }

  @Test
  void aContentFolderThatIsNotThereIsNamed() {
    Ran ran = Ran.nhv("test", "--content", folder.resolve("none").toString());
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(folder.resolve("none").toString());
  }

  @Test
  void aValidFileIsDone() {
    Ran ran = Ran.nhv("validate", good.toString());
    assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void anInvalidFileFailsAndTheElementIsNamed() {
    Ran ran = Ran.nhv("validate", good.toString(), bad.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out()).contains(bad + ": error Patient.birthDate: ");
  }

  @Test
  void theOutcomesArePrintedAsJsonOneALine() {
    Ran ran = Ran.nhv("validate", "--json", good.toString(), bad.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    List<OperationOutcome> outcomes =
        ran.out()
            .lines()
            .map(FhirContext.forR4Cached().newJsonParser()::parseResource)
            .map(OperationOutcome.class::cast)
            .toList();
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.get(1).getIssue())
        .anySatisfy(
            issue -> {
              assertThat(issue.getSeverity()).isEqualTo(OperationOutcome.IssueSeverity.ERROR);
              assertThat(issue.getExpression().get(0).getValue()).isEqualTo("Patient.birthDate");
            });
  }

  @Test
  void aFileOrProfileThatIsNotThereIsWrongUsage() {
    Ran noFile = Ran.nhv("validate", folder.resolve("none.json").toString());
    assertThat(noFile.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noFile.err()).contains("none.json");
    Ran noProfile = Ran.nhv("validate", "--profile", "http://example.org/x", good.toString());
    assertThat(noProfile.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noProfile.err()).contains("no profile http://example.org/x; there are:");
  }
}
