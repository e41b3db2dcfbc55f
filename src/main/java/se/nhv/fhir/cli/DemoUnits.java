package se.nhv.fhir.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import se.nhv.fhir.intake.FolderIntake;
import se.nhv.fhir.intake.FolderOutcome;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.PullRequest;
import se.nhv.fhir.server.NhvServer;
import se.nhv.fhir.synthetic.BulkDataFolder;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticEndpoint;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticPush;
import se.nhv.fhir.synthetic.SyntheticUnit;
import se.nhv.fhir.synthetic.TransactionBundles;

/** The three ways in: each answers how many resources came in, or fails with what did not. */
final class DemoUnits {

  private static final String ENDPOINT_TOKEN = "demo-ehr-endpoint-token";

  private final NhvServer server;
  private final Path folder;

  /**
   * @param folder where files may be written
   */
  DemoUnits(NhvServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** The unit's own system pushes transaction Bundles over HTTP. */
  long push(SyntheticUnit unit, String token) throws IOException, InterruptedException {
    long[] pushed = {0};
    URI intake = URI.create("http://127.0.0.1:" + server.port() + "/intake");
    Iterator<Bundle> bundles = TransactionBundles.of(unit, care(unit).patients());
    new SyntheticPush(intake, token).push(bundles, entries -> pushed[0] += entries);
    return pushed[0];
  }

  /** The unit's FHIR endpoint is pulled. */
  long pull(SyntheticUnit unit) throws IOException {
    try (SyntheticEndpoint endpoint =
        SyntheticEndpoint.start(unit, care(unit).patients(), ENDPOINT_TOKEN)) {
      PullOutcome outcome =
          server
              .requirementsPull()
              .pull(
                  unit.unit(),
                  new FhirEndpoint(endpoint.base(), ENDPOINT_TOKEN, PullLimits.defaults()),
                  new PullRequest(List.of()),
                  (type, pages, resources) -> {});
      if (!outcome.complete()) {
        throw new IOException("the pull is incomplete: " + outcome.gaps());
      }
      return outcome.queries().stream().mapToLong(PullOutcome.Query::changed).sum();
    }
  }

  /** A folder of the unit's Bulk Data files is read. */
  long read(SyntheticUnit unit) throws IOException {
    Path files = folder.resolve("bulk-data");
    BulkDataFolder.write(files, unit, care(unit).patients());
    FolderOutcome outcome =
        new FolderIntake(server.intake()).load(unit.unit(), files, handled -> {});
    if (!outcome.complete()) {
      throw new IOException("the folder was not read whole: " + outcome.gaps());
    }
    return outcome.changed();
  }

  private static SyntheticCare care(SyntheticUnit unit) {
    return SyntheticHospitals.care(unit);
  }
}
