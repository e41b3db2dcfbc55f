package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;

/** What the records of a unit say of its pushes and reads, as its staff reads them. */
record PushRecords(URI server, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Asserts that all that was answered to the sender is on record with its patients. */
  void assertEveryAnswerIsOnRecord(AcknowledgedPush sender) throws Exception {
    Set<String> pushed = patients("transaction");
    for (int bundle = 1; bundle <= sender.acknowledged(); bundle++) {
      assertThat(pushed).contains("Patient/new-" + bundle + "-0", "Patient/new-" + bundle + "-4");
    }
    Set<String> read = patients("read");
    for (String patient : sender.read()) {
      assertThat(read).contains("Patient/" + patient);
    }
  }

  private Set<String> patients(String subtype) throws IOException, InterruptedException {
    Set<String> found = new HashSet<>();
    URI page = server.resolve("intake/AuditEvent?_count=500&subtype=" + subtype);
    HttpClient http = HttpClient.newHttpClient();
    while (page != null) {
      HttpRequest request =
          HttpRequest.newBuilder(page).header("Authorization", "Bearer " + token).build();
      JsonNode bundle = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      assertThat(bundle.path("resourceType").asText()).isEqualTo("Bundle");
      for (JsonNode entry : bundle.path("entry")) {
        for (JsonNode entity : entry.at("/resource/entity")) {
          found.add(entity.at("/what/reference").asText());
        }
      }
      page = null;
      for (JsonNode link : bundle.path("link")) {
        if (link.path("relation").asText().equals("next")) {
          page = URI.create(link.path("url").asText());
        }
      }
    }
    return found;
  }
}
