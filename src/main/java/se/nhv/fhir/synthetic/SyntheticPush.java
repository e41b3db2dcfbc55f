package se.nhv.fhir.synthetic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.function.IntConsumer;
import org.hl7.fhir.r4.formats.JsonParser;
import org.hl7.fhir.r4.model.Bundle;

/** A synthetic hospital's integration engine: pushes transaction Bundles to an intake door. */
public final class SyntheticPush {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI intake;
  private final String token;

  /** To that door with that unit's token. */
  public SyntheticPush(URI intake, String token) {
    this.intake = intake;
    this.token = token;
  }

  /**
   * Pushes one Bundle after another.
   *
   * @param pushed is told how many entries each Bundle had
   * @throws IOException if a Bundle is not taken, with what the door answered
   */
  public void push(Iterator<Bundle> bundles, IntConsumer pushed)
      throws IOException, InterruptedException {
    while (bundles.hasNext()) {
      Bundle bundle = bundles.next();
      HttpRequest request =
          HttpRequest.newBuilder(intake)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/fhir+json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(new JsonParser().composeBytes(bundle)))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(
            "the door answered " + response.statusCode() + ": " + response.body());
      }
      pushed.accept(bundle.getEntry().size());
    }
  }
}
