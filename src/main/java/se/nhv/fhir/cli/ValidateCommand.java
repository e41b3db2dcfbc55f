package se.nhv.fhir.cli;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ResourceValidator;

/** {@code validate}: judges files by FHIR and by the profiles. */
@Command(
    name = "validate",
    description = "Judges FHIR R4 resources in JSON files by FHIR itself and by the profiles here.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "a resource or a Bundle in JSON")
  private List<Path> files = List.of();

  @Option(
      names = "--profile",
      paramLabel = "URL",
      description = "the profile to judge by (default: those that speak of the type)")
  private @Nullable String profile;

  @Option(names = "--json", description = "print an OperationOutcome for each file, one a line")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new ParameterException(spec.commandLine(), "there is no file " + file);
      }
    }
    ResourceValidator validator = Content.packed().validator();
    if (profile != null && !validator.profiles().contains(profile)) {
      throw new ParameterException(
          spec.commandLine(),
          "no profile " + profile + "; there are:\n  " + String.join("\n  ", validator.profiles()));
    }
    boolean allValid = true;
    for (Path file : files) {
      String text = Files.readString(file);
      OperationOutcome outcome =
          profile == null ? validator.validate(text) : validator.validate(text, profile);
      allValid &= outcome.getIssue().stream().noneMatch(ValidateCommand::isError);
      tell(file, outcome);
    }
    return allValid ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void tell(Path file, OperationOutcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(outcome));
    } else {
      for (OperationOutcomeIssueComponent issue : outcome.getIssue()) {
        List<String> places = issue.getExpression().stream().map(StringType::getValue).toList();
        out.printf(
            "%s: %s %s: %s%n",
            file,
            issue.getSeverity().toCode(),
            String.join(", ", places),
            issue.hasDiagnostics() ? issue.getDiagnostics() : issue.getDetails().getText());
      }
    }
    out.flush();
  }

  private static boolean isError(OperationOutcomeIssueComponent issue) {
    return issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL;
  }
}
