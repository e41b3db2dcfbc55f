package se.nhv.fhir.intake.bulk;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;

/** What comes of each file of an export, as a query of a pull. */
record FileReadings(Intake intake, Unit unit, List<String> types, BulkProgress progress) {

  private static final Logger LOG = LoggerFactory.getLogger(FileReadings.class);

  /** Reads a file that has arrived. */
  PullOutcome.Query read(ExportFile file, Path local) {
    PullOutcome.Query query = new FileReading(file, intake, unit).read(local);
    LOG.info(
        "Read {} of an export for unit {}: {} resources, {} refused, {}",
        file.label(),
        unit,
        query.resources(),
        query.refused().size(),
        query.failure() == null ? "to the end" : "failed: " + query.failure());
    progress.reached(file.label() + ": " + query.resources() + " resources");
    return query;
  }

  /** Whether it holds what was asked for; a server need not heed that. */
  boolean isWanted(ExportFile file) {
    return file.kind() != ExportFile.Kind.OUTPUT || types.contains(file.type());
  }

  /** A file that was not asked for and is not fetched. */
  PullOutcome.Query leftOut(ExportFile file) {
    return query(file, List.of("not asked for and not read"), null);
  }

  /** A file that did not arrive. */
  PullOutcome.Query missing(ExportFile file, String reason) {
    return query(file, List.of(), file.label() + ": " + reason);
  }

  private static PullOutcome.Query query(
      ExportFile file, List<String> notes, @Nullable String failure) {
    return new PullOutcome.Query(
        file.type(), file.address(), 0, 0, 0, 0, List.of(), notes, failure);
  }
}
