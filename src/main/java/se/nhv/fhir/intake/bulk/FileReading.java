package se.nhv.fhir.intake.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.NdjsonLines;
import se.nhv.fhir.intake.RefusedResource;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;

/** A downloaded file read line by line; mutable, run once on one thread. */
final class FileReading {

  private static final int MOST_REFUSED = 1_000;

  private final ExportFile file;
  private final Deliveries deliveries;
  private final Deletions deletions;
  private final Issues issues = new Issues();
  private final List<RefusedResource> refused = new ArrayList<>();
  private long lines;

  FileReading(ExportFile file, Intake intake, Unit unit) {
    this.file = file;
    this.deliveries = new Deliveries(intake, unit);
    this.deletions = new Deletions(intake, unit);
  }

  PullOutcome.Query read(Path local) {
    String failure = null;
    try (InputStream stream = Files.newInputStream(local)) {
      failure = read(new NdjsonLines(stream));
    } catch (NdjsonLines.TooLongException e) {
      failure = "line " + (lines + 1) + " is longer than any resource; it and the rest are unread";
    } catch (IOException e) {
      failure = "the downloaded file cannot be read (" + e.getClass().getSimpleName() + ")";
    }
    deliveries.flush();
    deletions.flush();
    refused.addAll(deliveries.refused());
    return new PullOutcome.Query(
        file.kind() == ExportFile.Kind.OUTPUT ? file.type() : file.label(),
        file.address(),
        1,
        file.kind() == ExportFile.Kind.ERROR ? 0 : lines,
        deliveries.changed() + deletions.changed(),
        deliveries.unchanged() + deletions.unchanged(),
        refused,
        issues.remarks().isEmpty() ? List.of() : List.of(issues.remarks()),
        failure);
  }

  /** Reads to the end, and answers with why the file is not whole, or null. */
  private @Nullable String read(NdjsonLines ndjson) throws IOException {
    for (byte[] line = ndjson.next(); line != null; line = ndjson.next()) {
      if (isBlank(line)) {
        continue;
      }
      lines++;
      take(file.label() + " line " + ndjson.number(), line);
      if (refused.size() + deliveries.refused().size() > MOST_REFUSED) {
        return "more than " + MOST_REFUSED + " faults; the rest of the file is unread";
      }
    }
    if (file.count().isPresent() && file.count().getAsLong() != lines) {
      return "the manifest announced "
          + file.count().getAsLong()
          + " lines and the file holds "
          + lines
          + "; export again, or ask the source's vendor";
    }
    return issues.errors().isEmpty() ? null : "the export reports " + issues.errors();
  }

  private void take(String name, byte[] line) {
    if (file.kind() == ExportFile.Kind.OUTPUT) {
      deliveries.add(name, line);
      return;
    }
    try {
      ObjectNode json = StrictJson.tree(line);
      String type = json.path("resourceType").asText();
      if (file.kind() == ExportFile.Kind.ERROR && type.equals("OperationOutcome")) {
        issues.add(json);
      } else if (file.kind() == ExportFile.Kind.DELETED && type.equals("Bundle")) {
        delete(name, json);
      } else {
        refused.add(Deletions.refused(name, "resourceType", "this is another type than is due"));
      }
    } catch (MalformedResourceException e) {
      e.refusals().forEach(it -> refused.add(new RefusedResource(name, it)));
    }
  }

  private void delete(String name, ObjectNode bundle) {
    JsonNode entries = bundle.path("entry");
    for (int i = 0; i < entries.size(); i++) {
      JsonNode request = entries.path(i).path("request");
      if (!request.path("method").asText().equals("DELETE")
          || !deletions.add(request.path("url").asText())) {
        refused.add(
            Deletions.refused(
                name, "Bundle.entry[" + i + "].request", "this is not the deletion of a resource"));
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte character : line) {
      if (character > ' ' || character < 0) {
        return false;
      }
    }
    return true;
  }
}
