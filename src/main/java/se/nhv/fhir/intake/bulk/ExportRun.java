package se.nhv.fhir.intake.bulk;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.QueryFailedException;
import se.nhv.fhir.measure.Unit;

/** One run of an export, from kick-off or where the last one stopped to the end. */
record ExportRun(
    Unit unit,
    FhirEndpoint endpoint,
    BulkRequest request,
    ExportJob job,
    ExportState state,
    FileSource files,
    FileReadings readings,
    Path workFolder) {

  /**
   * What has been fetched of a job: the place of each file, or why it is not there.
   *
   * @param resumed whether an earlier run began it
   */
  private record Fetched(
      URI status,
      boolean resumed,
      Manifest manifest,
      WorkFolder folder,
      Map<ExportFile, Path> places,
      Map<ExportFile, String> missing) {}

  PullOutcome run() {
    try {
      return read(fetchedOnceMoreIfExpired());
    } catch (QueryFailedException e) {
      return failed(e.reason());
    } catch (ExpiredException e) {
      return failed(e.reason() + ", even after it was asked for again; ask the source's vendor");
    }
  }

  private Fetched fetchedOnceMoreIfExpired() throws QueryFailedException, ExpiredException {
    URI kickOff = request.kickOff(endpoint.base());
    Optional<ExportState.Job> begun = state.job();
    boolean same = begun.isPresent() && begun.get().request().equals(kickOff.toString());
    if (begun.isPresent() && !same) {
      drop(begun.get().status()); // another request: what it would bring is not what is wanted
    }
    URI status = same ? begun.get().status() : job.kickOff(kickOff);
    try {
      return fetched(status, same);
    } catch (ExpiredException e) {
      drop(status);
      URI next = job.kickOff(kickOff);
      try {
        return fetched(next, false);
      } catch (ExpiredException again) {
        drop(next);
        throw again;
      }
    }
  }

  private Fetched fetched(URI status, boolean resumed)
      throws QueryFailedException, ExpiredException {
    Manifest manifest = job.manifest(status);
    WorkFolder folder = WorkFolder.of(workFolder, status);
    Fetched fetched =
        new Fetched(
            status, resumed, manifest, folder, new LinkedHashMap<>(), new LinkedHashMap<>());
    for (ExportFile file : manifest.files()) {
      if (readings.isWanted(file)) {
        try {
          fetched.places().put(file, files.fetch(file, manifest.requiresAccessToken(), folder));
        } catch (QueryFailedException e) {
          fetched.missing().put(file, e.reason());
        }
      }
    }
    return fetched;
  }

  private PullOutcome read(Fetched fetched) {
    List<PullOutcome.Query> queries = new ArrayList<>();
    for (ExportFile file : fetched.manifest().files()) {
      Path place = fetched.places().get(file);
      String missing = fetched.missing().get(file);
      if (place != null) {
        queries.add(readings.read(file, place));
      } else if (missing != null) {
        queries.add(readings.missing(file, missing));
      } else {
        queries.add(readings.leftOut(file));
      }
    }
    PullOutcome outcome = new PullOutcome(unit, queries);
    if (fetched.missing().isEmpty() || fetched.resumed()) {
      drop(fetched.status());
    }
    if (outcome.complete()) {
      state.completed(fetched.manifest().transactionTime());
    }
    return outcome;
  }

  private void drop(URI status) {
    job.delete(status);
    WorkFolder.of(workFolder, status).delete();
  }

  private PullOutcome failed(String reason) {
    String url = request.kickOff(endpoint.base()).toString();
    return new PullOutcome(
        unit,
        List.of(new PullOutcome.Query("$export", url, 0, 0, 0, 0, List.of(), List.of(), reason)));
  }
}
