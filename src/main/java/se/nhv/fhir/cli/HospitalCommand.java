package se.nhv.fhir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticEndpoint;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** {@code hospital}: the FHIR endpoint of a hospital that does not exist, to try a pull on. */
@Command(
    name = "hospital",
    description =
        "Plays the FHIR R4 endpoint of a synthetic hospital on this machine, to try a pull on,"
            + " until it is stopped.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class HospitalCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--unit",
      defaultValue = "SE0000000000-NET2",
      paramLabel = "HSA-ID",
      description = "which of the synthetic units (default: ${DEFAULT-VALUE})")
  private Unit unit;

  @Option(
      names = "--port",
      defaultValue = "9090",
      description = "the port on 127.0.0.1 (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--token",
      defaultValue = "try-me",
      description = "the key that it wants, a bearer token (default: ${DEFAULT-VALUE})")
  private String token;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SyntheticUnit hospital =
        SyntheticHospitals.units().stream()
            .filter(it -> it.unit().equals(unit))
            .findFirst()
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "the units are " + ids()));
    SyntheticCare care = SyntheticHospitals.care(hospital);
    try (SyntheticEndpoint endpoint =
        SyntheticEndpoint.start(hospital, care.patients(), token, port)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(hospital.name() + ", " + unit + ": " + endpoint.base() + ", key " + token);
      out.flush();
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE;
  }

  private static String ids() {
    return SyntheticHospitals.units().stream()
        .map(it -> it.unit().hsaId())
        .collect(Collectors.joining(", "));
  }
}
