package se.nhv.fhir.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import se.nhv.fhir.intake.bulk.BulkExport;
import se.nhv.fhir.intake.bulk.BulkRequest;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.Origin;
import se.nhv.fhir.measure.Unit;

/** The export of files in place of searches. */
final class BulkOptions {

  private static final String LAST = "last";

  @Option(
      names = "--bulk",
      required = true,
      description = "by Bulk Data $export of all Patients instead of searches")
  @SuppressWarnings("UnusedVariable") // picocli knows by it that the group is there
  private boolean bulk;

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = "only the Patients of that Group at the endpoint")
  private @Nullable String group;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "only what changed since then; 'last' is when the last whole export was made")
  private @Nullable String since;

  @Option(
      names = "--file-origin",
      paramLabel = "URL",
      description = "another origin whose files may be fetched, without token; repeatable")
  private List<URI> fileOrigins = new ArrayList<>();

  @Option(
      names = "--work-folder",
      defaultValue = "${env:NHV_WORK_FOLDER:-data/bulk}",
      paramLabel = "DIR",
      description =
          "where files lie until they are read; they hold patients' data (default:"
              + " ${DEFAULT-VALUE}; env NHV_WORK_FOLDER)")
  private Path workFolder = Path.of("data", "bulk");

  @Option(names = "--cancel", description = "end an export that was begun and not read to its end")
  private boolean cancel;

  boolean isCancel() {
    return cancel;
  }

  Path workFolder() {
    return workFolder;
  }

  /** Throws IllegalArgumentException if an option cannot be used. */
  BulkRequest request(BulkExport export, Unit unit, FhirEndpoint endpoint) {
    Set<Origin> origins = fileOrigins.stream().map(Origin::of).collect(Collectors.toSet());
    BulkRequest request =
        (group == null ? BulkRequest.ofPatients() : BulkRequest.ofGroup(group))
            .withFileOrigins(origins);
    if (since == null) {
      return request;
    }
    return request.withSince(
        since.equals(LAST)
            ? export.lastComplete(unit, endpoint, request).orElse(null)
            : instant(since));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--since wants an instant like 2026-01-31T00:00:00+01:00, or 'last'", e);
    }
  }
}
