package se.nhv.fhir.intake.bulk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.pull.EndpointClient;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.Origin;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;

/**
 * Takes in one unit's data by the {@code $export} of a hospital's endpoint (Bulk Data Access IG
 * 2.0). The files are fetched first and read then, so that slow reading lets no link expire. A run
 * that was killed, or could not fetch everything, is gone on with by the next one for the same
 * request; an export that the endpoint no longer gives out is asked for again once. What has been
 * read stays; the same export again has no further effect. Safe for use by many threads at once,
 * but for one unit and operation by one at a time.
 */
public final class BulkExport {

  private final Intake intake;
  private final ResourceStore store;
  private final Path workFolder;
  private final BulkLimits limits;

  /**
   * Exports into that intake.
   *
   * @param store where it is remembered how far an export is: the one behind the intake
   * @param workFolder where files lie until they are read; they hold patients' data
   */
  public BulkExport(Intake intake, ResourceStore store, Path workFolder, BulkLimits limits) {
    this.intake = intake;
    this.store = store;
    this.workFolder = workFolder;
    this.limits = limits;
  }

  /**
   * Exports and reads everything, on the calling thread.
   *
   * @param unit whose endpoint it is
   * @param endpoint whom to ask
   * @param request what to ask for
   * @param progress told of each step
   * @return a query for each file, or one for the export itself if there are no files
   */
  public PullOutcome pull(
      Unit unit, FhirEndpoint endpoint, BulkRequest request, BulkProgress progress) {
    ExportState state = state(unit, endpoint, request);
    ExportJob job = new ExportJob(new EndpointClient(endpoint), limits, progress, state);
    FileSource files = new FileSource(endpoint, request.fileOrigins(), limits);
    FileReadings readings = new FileReadings(intake, unit, request.types(), progress);
    return new ExportRun(unit, endpoint, request, job, state, files, readings, workFolder).run();
  }

  /**
   * Ends an export that was begun and not read to its end, here and at the endpoint.
   *
   * @return whether there was one
   */
  public boolean cancel(Unit unit, FhirEndpoint endpoint, BulkRequest request) {
    ExportState state = state(unit, endpoint, request);
    Optional<ExportState.Job> begun = state.job();
    begun.ifPresent(
        it -> {
          new ExportJob(new EndpointClient(endpoint), limits, step -> {}, state)
              .delete(it.status());
          WorkFolder.of(workFolder, it.status()).delete();
        });
    return begun.isPresent();
  }

  /**
   * Up to when changes were in the last export of that operation that was read whole: what the next
   * one can ask to go on from.
   */
  public Optional<Instant> lastComplete(Unit unit, FhirEndpoint endpoint, BulkRequest request) {
    return state(unit, endpoint, request).transactionTime();
  }

  private ExportState state(Unit unit, FhirEndpoint endpoint, BulkRequest request) {
    return new ExportState(store, unit, Origin.below(endpoint.base(), request.path()));
  }
}
