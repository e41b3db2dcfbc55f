package se.nhv.fhir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.server.NhvServer;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** {@code demo}: three synthetic units, each by another way in, to reports that can be fetched. */
@Command(
    name = "demo",
    description = {
      "Starts a server on loopback with a database of its own, takes in three synthetic units (one"
          + " pushes, one is pulled, one is read from files), evaluates all areas for the reporting"
          + " years 2024 to 2026, has two invented people at each unit sign the reports, submits"
          + " them, prints those of 2025 with Riket and stays up until it is stopped. One unit leaves"
          + " the last of its areas of 2025 without approval.",
      "Every patient in it is invented."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class DemoCommand implements Callable<Integer> {

  private static final List<ReportingYear> YEARS =
      Stream.of(2024, 2025, 2026).map(ReportingYear::new).toList();
  private static final ReportingYear PRINTED = new ReportingYear(2025);

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(names = "--once", description = "end when the reports are printed")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<SyntheticUnit> units = SyntheticHospitals.units();
    Path folder = Files.createTempDirectory("nhv-demo-");
    try (NhvServer server = NhvServer.start(settings(units, folder))) {
      step(out, "The server is up on port " + server.port() + ".");
      takeIn(units, new DemoUnits(server, folder), out);
      units.forEach(unit -> server.units().save(unit.unit(), unit.name()));
      for (ReportingYear year : YEARS) {
        List<List<MeasureReport>> reports = report(server, units, year);
        int kept = reports.stream().mapToInt(List::size).sum();
        step(out, "Reporting year " + year + ": " + kept + " reports evaluated and kept.");
        int submitted = submit(server, units, reports, year);
        step(out, "  " + submitted + " of them signed by two people and submitted.");
        if (year.equals(PRINTED)) {
          print(server, units, reports, out);
          Obligations obligations = server.obligations();
          ObligationTable.print(obligations.find(null, null, year), obligations.today(), out);
          out.println();
        }
      }
      out.println(new DemoAccess(units).addresses(server.port()));
      out.flush();
      if (!once) {
        server.await();
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
    return ExitCode.DONE;
  }

  /**
   * Evaluates all care that a unit gives, as of the 15 March on which it reports.
   *
   * @return the reports that were kept, for each unit
   */
  private static List<List<MeasureReport>> report(
      NhvServer server, List<SyntheticUnit> units, ReportingYear year) {
    LocalDate asOf = LocalDate.of(year.value(), 3, 15);
    List<List<MeasureReport>> reports = new ArrayList<>();
    for (SyntheticUnit unit : units) {
      List<Area> areas = unit.areas().keySet().stream().map(CareArea::area).toList();
      reports.add(server.runs().report(unit.unit(), areas, year, asOf).reports());
    }
    return reports;
  }

  /**
   * Has them signed and submitted; the last unit's last owed area of the printed year is reviewed
   * only.
   *
   * @return how many were submitted
   */
  private static int submit(
      NhvServer server,
      List<SyntheticUnit> units,
      List<List<MeasureReport>> reports,
      ReportingYear year) {
    DemoSignOff signOff = new DemoSignOff(server.signOffs(), server.submissions(), year);
    int submitted = 0;
    for (int u = 0; u < units.size(); u++) {
      SyntheticUnit unit = units.get(u);
      List<MeasureReport> owed = reports.get(u).stream().filter(owed(server, year)).toList();
      Predicate<MeasureReport> left =
          year.equals(PRINTED) && u == units.size() - 1
              ? ofArea(server, lastOwedArea(server, unit, year))
              : report -> false;
      List<MeasureReport> signed = owed.stream().filter(left.negate()).toList();
      signOff.submit(unit, signed);
      signOff.review(unit, owed.stream().filter(left).toList());
      submitted += signed.size();
    }
    return submitted;
  }

  private static Area lastOwedArea(NhvServer server, SyntheticUnit unit, ReportingYear year) {
    Set<Area> owed =
        server.content().measures().stream()
            .filter(measure -> measure.schedule().isOwed(year))
            .map(MeasureDefinition::area)
            .collect(Collectors.toSet());
    List<Area> areas =
        unit.areas().keySet().stream().map(CareArea::area).filter(owed::contains).toList();
    return areas.get(areas.size() - 1);
  }

  private static Predicate<MeasureReport> ofArea(NhvServer server, Area area) {
    return of(server, measure -> measure.area().equals(area));
  }

  /** Proposals are evaluated and not submitted. */
  private static Predicate<MeasureReport> owed(NhvServer server, ReportingYear year) {
    return of(server, measure -> measure.schedule().isOwed(year));
  }

  private static Predicate<MeasureReport> of(NhvServer server, Predicate<MeasureDefinition> which) {
    Set<String> measures =
        server.content().measures().stream()
            .filter(which)
            .map(measure -> measure.reference().canonical())
            .collect(Collectors.toSet());
    return report -> measures.contains(report.getMeasure());
  }

  /** A table for each area, with a column for each unit that gives its care. */
  private static void print(
      NhvServer server,
      List<SyntheticUnit> units,
      List<List<MeasureReport>> reports,
      PrintWriter out) {
    for (CareArea area : CareArea.values()) {
      List<String> names = new ArrayList<>();
      List<List<MeasureReport>> ofArea = new ArrayList<>();
      for (int u = 0; u < units.size(); u++) {
        if (units.get(u).areas().containsKey(area)) {
          names.add(units.get(u).unit().hsaId());
          ofArea.add(reports.get(u).stream().filter(ofArea(server, area.area())).toList());
        }
      }
      out.println();
      new ReportTable(server.content()).print(names, ofArea, out);
    }
    out.println();
  }

  private static void takeIn(List<SyntheticUnit> units, DemoUnits ways, PrintWriter out)
      throws IOException, InterruptedException {
    String came = "%s %s: %d resources.";
    SyntheticUnit first = units.get(0);
    long pushed = ways.push(first, DemoAccess.token(first));
    step(out, came.formatted(first.name(), "pushed transaction Bundles", pushed));
    SyntheticUnit second = units.get(1);
    long pulled = ways.pull(second);
    step(out, came.formatted(second.name(), "was pulled from its FHIR endpoint", pulled));
    SyntheticUnit third = units.get(2);
    long read = ways.read(third);
    step(out, came.formatted(third.name(), "was read from Bulk Data files", read));
  }

  private String[] settings(List<SyntheticUnit> units, Path folder) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--nhv.store.url=jdbc:h2:file:" + folder.resolve("nhv"),
                "--nhv.access.public-reports=true",
                "--logging.level.se.nhv.fhir=WARN"));
    settings.addAll(new DemoAccess(units).settings());
    return settings.toArray(String[]::new);
  }

  private static void step(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
