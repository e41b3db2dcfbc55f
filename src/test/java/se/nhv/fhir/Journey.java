package se.nhv.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import se.nhv.fhir.cli.Nhv;
import se.nhv.fhir.intake.FolderIntake;
import se.nhv.fhir.intake.FolderOutcome;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.PullRequest;
import se.nhv.fhir.server.NhvServer;
import se.nhv.fhir.synthetic.BulkDataFolder;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticEndpoint;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticPush;
import se.nhv.fhir.synthetic.SyntheticUnit;
import se.nhv.fhir.synthetic.TransactionBundles;

/**
 * A server as it is run, three synthetic units and their three ways in, and clients at its doors.
 */
final class Journey implements AutoCloseable {

  static final String AUTHORITY = "token-of-the-authority-0123";
  static final String AS_OF = "2025-03-15";
  static final FhirContext FHIR = FhirContext.forR4Cached();

  static {
    FHIR.getRestfulClientFactory().setSocketTimeout(60_000);
  }

  private static final int PATIENTS = 30;

  private final List<SyntheticUnit> units = SyntheticHospitals.units();
  private final Path folder;
  private final NhvServer server;

  private Journey(Path folder, NhvServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** On an H2 file in a new folder. */
  static Journey onH2() {
    Path folder = newFolder();
    return start(folder, "jdbc:h2:file:" + folder.resolve("nhv"), "nhv");
  }

  /** On that database. */
  static Journey on(String url, String user) {
    return start(newFolder(), url, user);
  }

  private static Journey start(Path folder, String url, String user) {
    List<String> settings = new ArrayList<>();
    settings.add("--server.address=127.0.0.1");
    settings.add("--server.port=0");
    settings.add("--nhv.store.url=" + url);
    settings.add("--nhv.store.user=" + user);
    settings.add("--nhv.access.tokens[0].token=" + AUTHORITY);
    settings.add("--nhv.access.tokens[0].role=authority");
    int next = 1;
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      String name = "--nhv.access.tokens[" + next++ + "].";
      settings.add(name + "token=" + token(unit));
      settings.add(name + "role=unit");
      settings.add(name + "unit=" + unit.unit());
      for (String person : List.of("P1", "P2")) {
        name = "--nhv.access.tokens[" + next++ + "].";
        settings.add(name + "token=" + token(unit) + person);
        settings.add(name + "role=staff");
        settings.add(name + "unit=" + unit.unit());
        settings.add(name + "person=" + unit.unit() + "-" + person);
        settings.add(name + "name=Person " + person);
      }
    }
    return new Journey(folder, NhvServer.start(settings.toArray(String[]::new)));
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("nhv-journey-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(SyntheticUnit unit) {
    return "token-of-unit-" + unit.unit();
  }

  NhvServer server() {
    return server;
  }

  SyntheticUnit unit(int number) {
    return units.get(number - 1);
  }

  /** The patients of that unit, from 1. */
  Stream<SyntheticPatient> patients(int number) {
    return new SyntheticNetCare(unit(number), 11, CareYears.NET_2022_TO_2025).patients(PATIENTS);
  }

  URI door(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  IGenericClient client(String door, String token) {
    IGenericClient client = FHIR.newRestfulGenericClient(door(door).toString());
    client.registerInterceptor(new BearerTokenAuthInterceptor(token));
    return client;
  }

  /** HAPI's client at the report door, as the authority. */
  IGenericClient authority() {
    return client("/fhir", AUTHORITY);
  }

  /** HAPI's client at the intake door, as that unit. */
  IGenericClient intake(int number) {
    return client("/intake", token(unit(number)));
  }

  /** Unit 1 pushes. */
  void push() {
    SyntheticPush push = new SyntheticPush(door("/intake"), token(unit(1)));
    try {
      push.push(TransactionBundles.of(unit(1), patients(1)), entries -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Unit 2 is pulled. */
  PullOutcome pull() {
    String token = "token-of-the-endpoint";
    try (SyntheticEndpoint endpoint = SyntheticEndpoint.start(unit(2), patients(2), token)) {
      FhirEndpoint source = new FhirEndpoint(endpoint.base(), token, PullLimits.defaults());
      return server
          .requirementsPull()
          .pull(unit(2).unit(), source, new PullRequest(List.of()), (t, p, r) -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unit 3 is read from files. */
  FolderOutcome read() {
    return new FolderIntake(server.intake()).load(unit(3).unit(), files(3), handled -> {});
  }

  /** That unit's data as Bulk Data files, written once. */
  Path files(int number) {
    Path files = folder.resolve("unit-" + number);
    try {
      if (!Files.exists(files)) {
        BulkDataFolder.write(files, unit(number), patients(number));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** POST $report with the token of that unit. */
  List<MeasureReport> report(int number) {
    Parameters parameters = new Parameters();
    parameters.addParameter("area", new StringType("net"));
    parameters.addParameter("reportingYear", new IntegerType(2025));
    parameters.addParameter("asOf", new DateType(AS_OF));
    Bundle made =
        intake(number)
            .operation()
            .onServer()
            .named("$report")
            .withParameters(parameters)
            .returnResourceType(Bundle.class)
            .execute();
    return made.getEntry().stream().map(e -> (MeasureReport) e.getResource()).toList();
  }

  /** Those who sign and submit at that unit. */
  JourneyDesk desk(int number) {
    String token = token(unit(number));
    return new JourneyDesk(
        client("/intake", token + "P1"), client("/intake", token + "P2"), intake(number));
  }

  /** The reports that {@code evaluate} writes of that unit's files: Measure to groups. */
  Map<String, String> evaluated(int number) throws IOException {
    Path out = folder.resolve("reports-" + number);
    String[] arguments = {
      "evaluate",
      "--data",
      files(number).toString(),
      "--area",
      "net",
      "--reporting-year",
      "2025",
      "--unit",
      unit(number).unit().hsaId(),
      "--as-of",
      AS_OF,
      "--out",
      out.toString()
    };
    int code = Nhv.execute(arguments);
    if (code != 0) {
      throw new IllegalStateException("evaluate ended with exit code " + code);
    }
    List<MeasureReport> reports = new ArrayList<>();
    try (Stream<Path> written = Files.list(out)) {
      for (Path file : (Iterable<Path>) written::iterator) {
        String json = Files.readString(file);
        reports.add(FHIR.newJsonParser().parseResource(MeasureReport.class, json));
      }
    }
    return groups(reports);
  }

  /** What the reports say in their groups: Measure to groups in JSON. */
  static Map<String, String> groups(List<MeasureReport> reports) {
    Map<String, String> groups = new TreeMap<>();
    for (MeasureReport report : reports) {
      MeasureReport figures = new MeasureReport();
      figures.setGroup(report.getGroup());
      groups.put(report.getMeasure(), FHIR.newJsonParser().encodeResourceToString(figures));
    }
    return groups;
  }

  /** What each population of each group counts, over all of these. */
  static Map<String, Integer> counts(List<MeasureReport> reports) {
    Map<String, Integer> counts = new TreeMap<>();
    for (MeasureReport report : reports) {
      for (var group : report.getGroup()) {
        for (var population : group.getPopulation()) {
          String of =
              String.join(
                  " ",
                  report.getMeasure(),
                  group.getCode().getCodingFirstRep().getCode(),
                  population.getCode().getCodingFirstRep().getCode());
          counts.merge(of, population.getCount(), Integer::sum);
        }
      }
    }
    return counts;
  }

  @Override
  public void close() {
    server.close();
  }
}
