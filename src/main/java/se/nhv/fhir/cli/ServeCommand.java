package se.nhv.fhir.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.nhv.fhir.server.NhvServer;

/** {@code serve}: the server, until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Serves the report door at /fhir and the intake door at /intake, on port 8080.",
      "Settings come as --name=value, from the environment (NHV_STORE_URL) or from an"
          + " application.yaml beside the jar; README lists them."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class ServeCommand implements Callable<Integer> {

  private static final Pattern SETTING = Pattern.compile("--[\\w.\\[\\]-]+=.*", Pattern.DOTALL);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "--SETTING=VALUE",
      description = "for example --server.port=8081 or --nhv.store.url=jdbc:postgresql://db/nhv")
  private List<String> settings = List.of();

  @Override
  public Integer call() throws InterruptedException {
    for (String setting : settings) {
      if (!SETTING.matcher(setting).matches()) {
        throw new ParameterException(
            spec.commandLine(), "'" + setting + "' is no setting: write it as --name=value");
      }
    }
    try (NhvServer server = NhvServer.start(settings.toArray(String[]::new))) {
      server.await();
    }
    return ExitCode.DONE;
  }
}
