package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.UNIT_B;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

/** Tokens of an OAuth 2 server, beside the static ones. */
class IssuerTest {

  private static TokenServer issuer;
  private static Doors doors;

  @BeforeAll
  static void start() {
    issuer = TokenServer.start();
    doors = Doors.start(issuer.settings());
  }

  @AfterAll
  static void stop() {
    doors.close();
    issuer.close();
  }

  private static String system(String scope) {
    return TokenServer.signed(issuer.claims().claim("scope", scope).build(), issuer.rsa);
  }

  @Test
  void aProgramFindsTheIssuerGetsATokenWithItsKeyAndPushes() throws Exception {
    Answer found = doors.get(null, "/intake/.well-known/smart-configuration");
    assertThat(found.status()).isEqualTo(200);
    String endpoint = found.json().path("token_endpoint").asText();
    String form =
        Map.of(
                "grant_type", "client_credentials",
                "scope", "system/Patient.cruds",
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", issuer.assertion())
            .entrySet()
            .stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(endpoint))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build(),
                BodyHandlers.ofString())
            .body();
    String token = new ObjectMapper().readTree(answer).path("access_token").asText();
    String path = "/intake/Patient/journey";
    assertThat(doors.put(token, path, Doors.patient("journey")).status()).isEqualTo(201);
    assertThat(doors.get(token, path).status()).isEqualTo(200);
    assertThat(doors.get(TOKEN_A, path).status()).as("the same unit's static token").isEqualTo(200);
    assertThat(doors.get(token, "/intake/Procedure").status()).as("no scope").isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fhir", "/intake"})
  void bothDoorsSayWhereTokensComeFrom(String door) {
    Answer smart = doors.get(null, door + "/.well-known/smart-configuration");
    assertThat(smart.header("Content-Type")).startsWith("application/json");
    assertThat(smart.json().path("issuer").asText()).isEqualTo(issuer.issuer());
    assertThat(smart.json().path("jwks_uri").asText()).isEqualTo(issuer.issuer() + "/keys");
    assertThat(smart.body()).contains("client_credentials", "private_key_jwt", "permission-v2");
    assertThat(
            doors
                .get(null, door + "/metadata")
                .json()
                .at("/rest/0/security/service/0/coding/0/code")
                .asText())
        .isEqualTo("SMART-on-FHIR");
    assertThat(doors.get(null, door + "/.well-known/other").status()).isEqualTo(400);
  }

  @Test
  void withoutIssuersThereIsNoSmartConfiguration() {
    Answer none = Doors.open().get(null, "/fhir/.well-known/smart-configuration");
    assertThat(none.status()).isEqualTo(404);
    assertThat(Doors.open().get(null, "/fhir/metadata").body()).doesNotContain("SMART-on-FHIR");
  }

  @ParameterizedTest
  @CsvSource({
    "system/Patient.r, GET, 200",
    "system/Patient.s, GET, 403",
    "system/*.rs, GET, 200",
    "system/*.rs, PUT, 403",
    "system/Patient.u, PUT, 200",
    "system/Patient.cu, DELETE, 403",
    "system/Procedure.cruds, GET, 403",
    "user/*.cruds, GET, 403",
    "patient/*.cruds, GET, 403",
    "system/Patient.read, GET, 403",
    "system/Patient.sr, GET, 403",
    "system/Patient.r?gender=female, GET, 403",
    "'', GET, 403",
    "openid system/Patient.r fhirUser, GET, 200",
  })
  void aTokenDoesWhatItsScopesHold(String scope, String method, int status) {
    doors.put(TOKEN_A, "/intake/Patient/scoped", Doors.patient("scoped"));
    HttpRequest.Builder request =
        doors
            .request(system(scope), "/intake/Patient/scoped")
            .header("Content-Type", "application/fhir+json");
    Answer answer =
        doors.send(
            request.method(
                method,
                method.equals("PUT")
                    ? BodyPublishers.ofString(Doors.patient("scoped"))
                    : BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.header("WWW-Authenticate")).contains("insufficient_scope");
    }
  }

  @Test
  void everyEntryOfABundleNeedsItsScope() {
    String bundle =
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"request":{"method":"PUT","url":"Patient/e1"},"resource":%s},
          {"request":{"method":"DELETE","url":"Patient/e2"}}]}"""
            .formatted(Doors.patient("e1"));
    assertThat(doors.post(system("system/Patient.u"), "/intake", bundle).status()).isEqualTo(403);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/e1").status()).isEqualTo(404);
    assertThat(doors.post(system("system/Patient.ud"), "/intake", bundle).status()).isEqualTo(200);
  }

  @Test
  void theUnitIsThatOfTheTokenAndNoneThatTheRequestNames() {
    doors.put(TOKEN_A, "/intake/Patient/ofa", Doors.patient("ofa"));
    String ofB = TokenServer.signed(issuer.claims().claim("unit", UNIT_B).build(), issuer.ec);
    assertThat(doors.get(ofB, "/intake/Patient/ofa").status()).isEqualTo(404);
    assertThat(
            doors
                .send(doors.request(ofB, "/intake/Patient/ofa").header("X-Unit", Doors.UNIT_A))
                .status())
        .isEqualTo(404);
  }

  @Test
  void aPersonAtAUnitReadsItsResultsWithinUserScopes() {
    String staff = staff("SE2321000016-1A11", "Anna Andersson");
    assertThat(doors.get(staff, "/intake/Task").status()).isEqualTo(200);
    assertThat(doors.get(staff, "/intake/Patient/ofa").status()).isEqualTo(403);
  }

  @Test
  void aPersonIsKnownByAnHsaIdAndByNoPersonalIdentityNumber() {
    for (String person : List.of("a.andersson", "199001011234", "SE2321000016")) {
      assertThat(doors.get(staff(person, "Anna Andersson"), "/intake/Task").status())
          .as(person)
          .isEqualTo(401);
    }
    assertThat(doors.get(staff("SE2321000016-1A11", "19900101-1234"), "/intake/Task").status())
        .isEqualTo(401);
  }

  private static String staff(String person, String name) {
    return TokenServer.signed(
        issuer
            .claims()
            .claim("role", "staff")
            .claim("employeeHsaId", person)
            .claim("name", name)
            .claim("scope", "user/*.rs")
            .build(),
        issuer.ec);
  }

  @Test
  void withoutTheIssuersKeysATokenIsNeitherTakenNorRefused() {
    try (TokenServer other = TokenServer.start()) {
      other.down.set(true);
      Doors cut = Doors.start(other.settings());
      try {
        String token = TokenServer.signed(other.claims().build(), other.ec);
        for (int i = 0; i < 3; i++) {
          Answer answer = cut.get(token, "/intake/Patient/x");
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.header("Retry-After")).isEqualTo("10");
          assertThat(answer.diagnostics()).contains("keys");
        }
        assertThat(cut.get(null, "/fhir/.well-known/smart-configuration").status()).isEqualTo(503);
        assertThat(cut.get(TOKEN_A, "/intake/Patient").status()).as("static").isEqualTo(200);
      } finally {
        cut.close();
      }
    }
  }
}
