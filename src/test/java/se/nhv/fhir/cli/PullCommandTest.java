package se.nhv.fhir.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticEndpoint;
import se.nhv.fhir.synthetic.SyntheticNetCare;

class PullCommandTest {

  private static final String TOKEN = "hemligt-pass-0123456789";

  private final Path folder;

  PullCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Ran pull(String from) {
    Ran ran =
        Ran.nhv(
            "pull",
            "--from",
            from,
            "--unit",
            UnitFiles.UNIT.unit().hsaId(),
            "--token",
            TOKEN,
            "--store-url",
            "jdbc:h2:file:" + folder.resolve("nhv"));
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
}
