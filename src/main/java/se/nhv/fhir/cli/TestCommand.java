package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.CqlDefinition.Name;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.evaluation.reference.CqlCoverage;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.run.CaseCoverage;
import se.nhv.fhir.run.CaseRun;

/** {@code test}: runs the cases that were worked out by hand. */
@Command(
    name = "test",
    description =
        "Runs the cases in measures-fhir that were worked out by hand: all, or those of the Measures"
            + " named.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class TestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "MEASURE",
      description = "the id, or its beginning, of a Measure, or <measure id>/<case>")
  private List<String> measures = List.of();

  @Option(
      names = "--content",
      paramLabel = "DIR",
      description =
          "the folder that holds measures-fhir/ and profiles/ (default: the current folder)")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder.resolve("measures-fhir"))) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no measures-fhir in "
              + folder.toAbsolutePath()
              + ": the cases are no part of the program; run it in a checkout, or name one by"
              + " --content");
    }
    Content content = Content.load(ContentFiles.in(folder));
    List<MeasureCase> cases = content.cases().stream().filter(this::isWanted).toList();
    if (cases.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "no case of " + measures);
    }
    ReferenceEngine engine = new ReferenceEngine(content);
    PrintWriter out = spec.commandLine().getOut();
    TextTable table =
        new TextTable(List.of("Measure", "cases", "failed", "populations in and out", ""));
    int failed = 0;
    try (Progress progress = new Progress("cases", cases.size())) {
      for (MeasureDefinition measure : content.measures()) {
        List<MeasureCase> ofMeasure =
            cases.stream().filter(c -> c.measureId().equals(measure.reference().id())).toList();
        if (!ofMeasure.isEmpty()) {
          CqlCoverage coverage = new CqlCoverage(content);
          CaseRun run = new CaseRun(content, engine.telling(coverage));
          int failedHere = failed(run, ofMeasure, out, progress);
          table.add(row(measure, ofMeasure, failedHere, coverage));
          failed += failedHere;
        }
      }
    }
    table.print(out);
    out.printf("%d passed, %d failed%n", cases.size() - failed, failed);
    out.flush();
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static int failed(
      CaseRun run, List<MeasureCase> cases, PrintWriter out, Progress progress) {
    int failed = 0;
    for (MeasureCase measureCase : cases) {
      List<String> differences = run.differences(measureCase);
      if (!differences.isEmpty()) {
        failed++;
        out.println("FAILED " + measureCase);
        out.println("  " + measureCase.description());
        differences.forEach(d -> out.println("  " + d));
      }
      progress.accept(1);
    }
    return failed;
  }

  private static List<String> row(
      MeasureDefinition measure, List<MeasureCase> cases, int failed, CqlCoverage coverage) {
    CaseCoverage shown = new CaseCoverage(measure.resource(), cases);
    List<Name> neverReached =
        coverage.neverReached(measure.libraryId(), MeasureElements.criteria(measure.resource()));
    String never = neverReached.stream().map(Name::toString).collect(Collectors.joining(", "));
    return List.of(
        measure.reference().id(),
        String.valueOf(cases.size()),
        String.valueOf(failed),
        shown.populationsCovered() + " of " + shown.populations(),
        never.isEmpty() ? "" : "never reached: " + never);
  }

  private boolean isWanted(MeasureCase measureCase) {
    return measures.isEmpty()
        || measures.stream().anyMatch(wanted -> measureCase.toString().startsWith(wanted));
  }
}
