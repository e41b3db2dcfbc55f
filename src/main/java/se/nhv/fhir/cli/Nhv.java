package se.nhv.fhir.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;

/** The command {@code nhv}, which holds all others. */
@Command(
    name = "nhv",
    description =
        "Counts the follow-up measures of nationell högspecialiserad vård from FHIR data.",
    subcommands = {
      EvaluateCommand.class,
      PullCommand.class,
      MapCommand.class,
      QualityCommand.class,
      PublishCommand.class,
      ServeCommand.class,
      DemoCommand.class,
      HospitalCommand.class,
      MeasuresCommand.class,
      ObligationsCommand.class,
      TestCommand.class,
      ValidateCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "nhv 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but data incomplete,",
      "4 withheld by a disclosure rule. 'nhv COMMAND --help' tells more."
    })
public final class Nhv implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** For picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public Nhv() {}

  /** Runs the command that the arguments name and answers its exit code. */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine nhv = new CommandLine(new Nhv());
    nhv.getSubcommands().values().stream()
        .filter(command -> command.getCommand() instanceof ServeCommand)
        .forEach(command -> command.setUnmatchedOptionsArePositionalParams(true));
    return nhv.registerConverter(Unit.class, Unit::new)
        .registerConverter(Area.class, Area::new)
        .registerConverter(ReportingYear.class, y -> new ReportingYear(Integer.parseInt(y)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, result) -> tell(failure, command));
  }

  /** Without a command there is nothing to do but to show what there is. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  private static int tell(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    String message = failure.getMessage();
    err.println(message == null ? failure.toString() : message);
    err.flush();
    return ExitCode.FAILED;
  }
}
