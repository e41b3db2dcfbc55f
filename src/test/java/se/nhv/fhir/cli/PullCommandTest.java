package se.nhv.fhir.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticEndpoint;
import se.nhv.fhir.synthetic.SyntheticNetCare;

class PullCommandTest {

  private static final String TOKEN = "hemligt-pass-0123456789";

  private final Path folder;

  PullCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Ran pull(String from, String... more) {
    List<String> arguments = new ArrayList<>(List.of("pull", "--from", from));
    arguments.addAll(List.of("--unit", UnitFiles.UNIT.unit().hsaId(), "--token", TOKEN));
    arguments.addAll(List.of("--store-url", "jdbc:h2:file:" + folder.resolve("nhv")));
    arguments.addAll(List.of(more));
    Ran ran = Ran.nhv(arguments.toArray(String[]::new));
    assertThat(ran.out() + ran.err()).doesNotContain(TOKEN);
    return ran;
  }

  @Test
  void aPullInWhichEveryQuerySucceedsIsDone() throws IOException {
    SyntheticNetCare care = new SyntheticNetCare(UnitFiles.UNIT, 7, CareYears.NET_2022_TO_2025);
    try (SyntheticEndpoint endpoint =
        SyntheticEndpoint.start(UnitFiles.UNIT, care.patients(12), TOKEN)) {
      Ran ran = pull(endpoint.base().toString());
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
      assertThat(ran.out()).containsPattern("Patient +1 pages +12 resources: 12 changed");
      assertThat(ran.out()).endsWith("complete" + System.lineSeparator());
      assertThat(ran.err()).isEmpty();
      assertThat(pull(endpoint.base().toString()).out())
          .containsPattern("Patient +1 pages +12 resources: 0 changed, 12 unchanged");
    }
  }

  @Test
  void aMappingIsKeptAndMapsWhatIsPulledAndWhatWasThere() throws IOException {
    String[] mapping = {"--mapping", folder.resolve("mapping").toString()};
    Files.createDirectories(folder.resolve("mapping"));
    Files.writeString(
        folder.resolve("mapping/m.json"),
        """
        {"resourceType":"ConceptMap","id":"m","status":"active","group":[
          {"source":"http://hl7.org/fhir/sid/icd-10-se","target":"http://loinc.org",
           "unmapped":{"mode":"fixed","code":"18842-5"}},
          {"source":"http://terminology.hl7.org/CodeSystem/v3-ActCode","target":"http://loinc.org",
           "unmapped":{"mode":"fixed","code":"18842-5"}}]}""");
    SyntheticNetCare care = new SyntheticNetCare(UnitFiles.UNIT, 7, CareYears.NET_2022_TO_2025);
    try (SyntheticEndpoint endpoint =
        SyntheticEndpoint.start(UnitFiles.UNIT, care.patients(4), TOKEN)) {
      String from = endpoint.base().toString();
      assertThat(pull(from).code()).isEqualTo(ExitCode.DONE);
      Ran mapped = pull(from, mapping);
      assertThat(mapped.code()).as(mapped.err()).isEqualTo(ExitCode.DONE);
      assertThat(mapped.out())
          .as("what was there is mapped already")
          .containsPattern("Encounter +[0-9]+ pages +[0-9]+ resources: 0 changed");
    }
    try (StoreDatabase database =
        StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")))) {
      String unit = UnitFiles.UNIT.unit().hsaId();
      Query all = new Query(unit, "Encounter", List.of(), null, null, null, 100);
      assertThat(database.intake().search(all).versions())
          .isNotEmpty()
          .allSatisfy(
              it -> assertThat(new String(it.json(), StandardCharsets.UTF_8)).contains("18842-5"));
    }
  }

  @Test
  void aQueryThatFailsIsNamedAndTheRestIsPulled() {
    WireMockServer server = new WireMockServer(options().dynamicPort());
    server.start();
    try {
      String empty = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";
      server.stubFor(any(anyUrl()).willReturn(okForContentType("application/fhir+json", empty)));
      server.stubFor(
          get(urlPathEqualTo("/fhir/Procedure")).willReturn(aResponse().withStatus(500)));

      Ran ran = pull(server.baseUrl() + "/fhir");

      assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(ran.err()).contains("Procedure from ").contains("/fhir/Procedure").contains("500");
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.out()).containsPattern("Procedure .*FAILED");
      assertThat(ran.out()).contains("INCOMPLETE").containsPattern("ServiceRequest +1 pages");
    } finally {
      server.stop();
    }
  }

  @Test
  void anEndpointThatRefusesTheTokenLeavesEveryQueryIncomplete() throws IOException {
    SyntheticNetCare care = new SyntheticNetCare(UnitFiles.UNIT, 7, CareYears.NET_2022_TO_2025);
    try (SyntheticEndpoint endpoint =
        SyntheticEndpoint.start(UnitFiles.UNIT, care.patients(1), "another-token")) {
      Ran ran = pull(endpoint.base().toString());
      assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(ran.err()).contains("401");
    }
  }

  @Test
  void anExportIsTakenInWithTokensForASignedAssertion() throws IOException, JOSEException {
    Ran ran = export("{\"type\":\"Patient\",\"url\":\"/p.ndjson\",\"count\":1}");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out())
        .contains("Patient file (output 1): 1 resources")
        .containsPattern("Patient +1 pages +1 resources: 1 changed")
        .endsWith("complete" + System.lineSeparator());
  }

  @Test
  void anExportThatIsNotReadWholeNamesTheMeasuresThatItTouches() throws IOException, JOSEException {
    Ran ran =
        export(
            "{\"type\":\"Patient\",\"url\":\"/p.ndjson\"},"
                + "{\"type\":\"CarePlan\",\"url\":\"/gone.ndjson\"}");

    assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("$export from ")
        .contains("404", "figures touched: ", "NETB1-2.0.0", "NETO1-2.0.0");
  }

  private static void stubExport(WireMockServer server, String files) {
    server.stubFor(
        get(urlPathEqualTo("/fhir/Group/net/$export"))
            .withHeader("Authorization", equalTo("Bearer t1"))
            .willReturn(aResponse().withStatus(202).withHeader("Content-Location", "/status")));
    server.stubFor(
        get("/status")
            .willReturn(
                okJson(
                    "{\"transactionTime\":\"2026-02-03T04:05:06Z\",\"output\":[" + files + "]}")));
    server.stubFor(get("/p.ndjson").willReturn(ok("{\"resourceType\":\"Patient\",\"id\":\"1\"}")));
  }

  private Ran export(String files) throws IOException, JOSEException {
    WireMockServer server = new WireMockServer(options().dynamicPort());
    server.start();
    try {
      Path key = Files.writeString(folder.resolve("key.jwk"), jwk());
      server.stubFor(
          post("/token").willReturn(okJson("{\"access_token\":\"t1\",\"token_type\":\"bearer\"}")));
      stubExport(server, files);
      return Ran.nhv(
          "pull",
          "--from",
          server.baseUrl() + "/fhir",
          "--unit",
          UnitFiles.UNIT.unit().hsaId(),
          "--client-id",
          "nhv",
          "--private-key",
          key.toString(),
          "--token-endpoint",
          server.baseUrl() + "/token",
          "--bulk",
          "--group",
          "net",
          "--work-folder",
          folder.resolve("work").toString(),
          "--store-url",
          "jdbc:h2:file:" + folder.resolve("nhv"));
    } finally {
      server.stop();
    }
  }

  @Test
  void aKeyThatCannotSignIsWrongUsage() throws IOException {
    Path key = Files.writeString(folder.resolve("key.pem"), "s3cret");
    Ran ran =
        Ran.nhv(
            "pull",
            "--from",
            "http://localhost:1/fhir",
            "--unit",
            "SE0000000000-A",
            "--client-id",
            "nhv",
            "--private-key",
            key.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("PKCS 8").doesNotContain("s3cret");
  }

  private static String jwk() throws JOSEException {
    return new ECKeyGenerator(Curve.P_384).keyID("k").generate().toJSONString();
  }
}
