package se.nhv.fhir.cli;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.publication.DisclosureRefusedException;
import se.nhv.fhir.publication.PublishedBundle;
import se.nhv.fhir.publication.PublishedDataSet;
import se.nhv.fhir.publication.PublishedFiles;
import se.nhv.fhir.publication.Releases;
import se.nhv.fhir.publication.YearlyRelease;
import se.nhv.fhir.reporting.national.ExpectedUnit;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.obligation.Permit;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** {@code publish}: a release of what was submitted in a reporting year, as files. */
@Command(
    name = "publish",
    description =
        "Makes a release of the latest submitted reports of a reporting year and of Riket: hides"
            + " what the disclosure policy hides, attacks it together with every earlier release,"
            + " keeps it in the store, and writes it as FHIR, CSV and XLSX. Exit code 4 when the"
            + " attack succeeds: then nothing is kept or written.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class PublishCommand implements Callable<Integer> {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--reporting-year",
      required = true,
      paramLabel = "YEAR",
      description = "the year in whose March the units reported")
  private ReportingYear year;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "the day for which the release speaks (default: today)")
  private @Nullable LocalDate date;

  @Option(
      names = "--permits",
      paramLabel = "FILE",
      description =
          "the permits, a CSV file with the heading unit,area,from,to; without it only those that"
              + " Riket names are told to be missing")
  private @Nullable Path permits;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "where publicering-<n>.json, .csv and .xlsx are written")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new ParameterException(spec.commandLine(), "--out: " + out + " is no folder");
    }
    List<Permit> held = permits == null ? List.of() : PermitFile.read(permits);
    Files.createDirectories(out); // before a release is kept that could not be written
    LocalDate day = date != null ? date : LocalDate.now(STOCKHOLM);
    PublishedDataSet published;
    try (StoreDatabase database = StoreDatabase.open(store.settings())) {
      published = release(database.reports(), held).publish(year, day).published();
    } catch (DisclosureRefusedException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.WITHHELD;
    }
    tell(published, write(published));
    return ExitCode.DONE;
  }

  private static YearlyRelease release(ResourceStore reports, List<Permit> held) {
    Content content = Content.packed();
    FhirContext fhir = FhirContext.forR4Cached();
    ExpectedUnits expected =
        area ->
            held.stream()
                .filter(it -> it.area().equals(area))
                .map(it -> new ExpectedUnit(it.unit(), it.from(), it.to()))
                .toList();
    return new YearlyRelease(
        content,
        new NationalReports(reports, fhir, content, expected, Clock.system(STOCKHOLM)),
        expected,
        new Releases(reports, fhir));
  }

  private List<Path> write(PublishedDataSet published) throws IOException {
    ByteArrayOutputStream workbook = new ByteArrayOutputStream();
    PublishedFiles.xlsx(published, workbook);
    String json =
        FhirContext.forR4Cached()
            .newJsonParser()
            .setPrettyPrint(true)
            .encodeResourceToString(PublishedBundle.of(published));
    Map<String, byte[]> forms = new LinkedHashMap<>();
    forms.put("json", (json + "\n").getBytes(StandardCharsets.UTF_8));
    forms.put("csv", PublishedFiles.csv(published));
    forms.put("xlsx", workbook.toByteArray());
    ReportFiles files = new ReportFiles(out);
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, byte[]> form : forms.entrySet()) {
      String name = "publicering-" + published.number() + "." + form.getKey();
      written.add(files.write(name, form.getValue()));
    }
    return written;
  }

  private void tell(PublishedDataSet published, List<Path> written) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        "publicering %d av redovisningsår %s, per %s, röjandepolicy %s%n%n",
        published.number(), year, published.date(), published.policyVersion());
    TextTable table = new TextTable(List.of("celler", "läge"));
    published
        .cellsByState()
        .forEach((state, count) -> table.add(List.of(Long.toString(count), state.text())));
    table.print(to);
    to.printf(
        "%nangrepp: 0 av %d dolda antal kunde räknas ut, av %d publiceringar tillsammans%n",
        published.hiddenCounts(), published.number());
    written.forEach(path -> to.println("skrev " + path));
    to.flush();
  }
}
