package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapCommandTest {

  private static final String MAPPING = "src/test/resources/mapping/hospital";
  private static final String CASES = "src/test/resources/mapping/cases";

  private final Path temp;

  MapCommandTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void eachChangeIsShownBeforeAndAfterWithItsRule() {
    Ran ran =
        Ran.nhv(
            "map",
            "--mapping",
            MAPPING,
            CASES + "/operation/before.json",
            CASES + "/referral/before.json");
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out())
        .contains(
            "mapping k1r2-",
            "Procedure/op-1",
            "  Procedure.category.coding\n"
                + "    + https://w3id.org/nhv/fhir/CodeSystem/atgard|net-kirurgi"
                + "   (StructureMap/regler#operation.kategori)",
            "    - https://sjukhus.example/kodverk/lan|L03\n    + urn:oid:1.2.752.129.2.2.1.18|03",
            "no unmapped codes");
  }

  @Test
  void unmappedCodesAreListedAloneAndUnreadableResourcesMakeItIncomplete() throws IOException {
    Path lines = temp.resolve("Procedure.ndjson");
    String procedure =
        "{\"resourceType\":\"Procedure\",\"id\":\"1\",\"status\":\"completed\",\"code\":{\"coding\":[{"
            + "\"system\":\"https://sjukhus.example/kodverk/atgard\",\"code\":\"NEW\"}]},"
            + "\"subject\":{\"reference\":\"Patient/p\"}}\n";
    Files.writeString(lines, procedure + procedure + "{\"resourceType\":\"Procedure\",\"x\":1}\n");
    Ran ran = Ran.nhv("map", "--unmapped", "--mapping", MAPPING, lines.toString());
    assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ran.err()).contains("Procedure.ndjson: Procedure.x: ");
    assertThat(ran.out()).contains("2      Procedure.code").contains("NEW");
    assertThat(ran.out()).doesNotContain("unchanged");
  }

  @Test
  void everyFaultOfTheMappingIsToldWithItsFile() throws IOException {
    Files.copy(Path.of(MAPPING, "StructureMap-regler.json"), temp.resolve("a.json"));
    Files.writeString(
        temp.resolve("b.json"),
        "{\"resourceType\":\"ConceptMap\",\"status\":\"draft\",\"group\":[{\"source\":\"urn:a\","
            + "\"target\":\"urn:b\"}]}");
    Ran ran = Ran.nhv("map", "--mapping", temp.toString(), CASES + "/operation/before.json");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err())
        .contains("b.json: ConceptMap.status: ")
        .contains("b.json: ConceptMap.group[0].target: ");
  }

  @Test
  void wrongUsageIsAnsweredWithTheWayOut() {
    assertThat(Ran.nhv("map", "--mapping", MAPPING).code()).isEqualTo(ExitCode.USAGE);
    assertThat(Ran.nhv("map", "--mapping", MAPPING, "/no/such").err()).contains("no file /no/such");
    assertThat(Ran.nhv("map", "--mapping", "/no/such", CASES + "/operation/before.json").err())
        .contains("'/no/such' cannot be read as a folder");
  }
}
