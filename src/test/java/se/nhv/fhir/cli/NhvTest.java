package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

class NhvTest {

  static Stream<String> commands() {
    return Nhv.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    Ran ran = Ran.nhv(command, "--help");
    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out()).startsWith("Usage: nhv " + command);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void theProgramExplainsItselfAndItsExitCodes() {
    Ran ran = Ran.nhv("--help");
    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out()).contains("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but");
    assertThat(commands()).isNotEmpty().allSatisfy(name -> assertThat(ran.out()).contains(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "evaluate",
        "evaluate --area net --reporting-year 2025 --unit SE1 --out x",
        "evaluate --data . --area net --reporting-year 2025 --unit SE1",
        "evaluate --nonsense",
        "pull --unit SE1",
        "pull --from http://127.0.0.1:1/fhir",
        "pull --from ftp://127.0.0.1/fhir --unit SE1",
        "validate",
        "demo --port x",
        "hospital --port x",
        "hospital --unit SE1",
        "serve 8081",
        "serve --server.port 8081"
      })
  void wrongUsageIsExitCode2AndSaysWhatIsWrong(String line) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
    Ran ran = Ran.nhv(arguments.toArray(String[]::new));
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).isNotBlank().doesNotContain("Exception");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void theServerTakesItsSettingsAsTheyAreWritten() {
    ParseResult parsed =
        Nhv.commandLine()
            .parseArgs("serve", "--server.port=8081", "--nhv.access.tokens[0].role=authority");
    assertThat(parsed.subcommand().matchedPositionalValue(0, List.of()))
        .isEqualTo(List.of("--server.port=8081", "--nhv.access.tokens[0].role=authority"));
  }
}
