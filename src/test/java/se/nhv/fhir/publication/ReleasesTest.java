package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.publication.ExampleReleases.state;
import static se.nhv.fhir.publication.ExampleReleases.total;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;
import se.nhv.fhir.store.VersionConflictException;

/** Releases over a real database that is closed and opened again. */
class ReleasesTest {

  private static final String IP = "initial-population";

  private StoreSettings settings;

  @BeforeEach
  void settings(@TempDir Path folder) {
    settings = StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv"));
  }

  @Test
  void aReleaseIsReadBackAsItWasMade() {
    Release made =
        ExampleReleases.of(
            patients("A", 30).stratum("kon", "man", IP, 27).stratum("kon", "kvinna", IP, 3),
            patients("B", 3).stratum("kon", "man", IP, 3),
            Reported.of("PROVR1", "A", 2024).proportion(30, 2, 17),
            Reported.of("PROVT1", "A", 2024).values("total", 30, 12.25, 3.5));
    keep(made);

    List<Release> read = all();

    assertThat(read).hasSize(1);
    assertThat(read.get(0).published()).isEqualTo(made.published());
    assertThat(read.get(0).policy()).isEqualTo(made.policy());
    assertThat(read.get(0).cube().counts()).isEqualTo(made.cube().counts());
    assertThat(read.get(0).cube().parts()).isEqualTo(made.cube().parts());
    assertThat(read.get(0).cube().groups()).isEqualTo(made.cube().groups());
  }

  @Test
  void theNextReleaseIsAuditedAgainstThoseThatAreKept() {
    keep(ExampleReleases.of(patients("A", 30), patients("B", 20)));

    Release second =
        ExampleReleases.next(
            all(), List.of(patients("A", 30), patients("B", 20), patients("C", 3)));

    assertThat(second.number()).isEqualTo(2);
    assertThat(state(second, total("PROVB1", "riket", IP))).isEqualTo(CellState.HIDDEN);
  }

  @Test
  void whichGroupIsTheTotalIsKeptAndTheGroupsKeepTheirPrintedOrder() {
    Release made = ExampleReleases.of(categories("A", 3, 17));
    keep(made);

    Release read = all().get(0);

    List<String> printed = List.of("total", "gep-net", "chd-klaffkirurgi", "binjure", "ovrigt");
    assertThat(read.cube().groups()).containsEntry("NETB1-2.0.0", printed);
    assertThat(read.cube().categories(Reported.key("NETB1", "2.0.0", "A", 2024)))
        .containsExactlyInAnyOrderElementsOf(printed.subList(1, 5));
    assertThat(read.published()).isEqualTo(made.published());
    assertThat(read.published().rows().stream().map(row -> row.cell().group()).distinct())
        .containsExactlyElementsOf(printed);
    assertThat(PublishedReports.of(read.published()).get(0).getGroup())
        .extracting(group -> group.getCode().getCodingFirstRep().getCode())
        .containsExactlyElementsOf(printed);
  }

  /**
   * The old total, which is shown, less the other category tells how many there were in binjure.
   */
  @Test
  void aRevisionDoesNotGiveAwayACategoryThatAKeptReleaseHides() {
    Release first = ExampleReleases.of(categories("A", 3, 17));
    CellKey total = categories("A", 3, 17).total("initial-population");
    assertThat(state(first, total)).isEqualTo(CellState.VALUE);
    assertThat(state(first, total.inGroup("gep-net"))).isEqualTo(CellState.HIDDEN);
    keep(first);

    Release second = ExampleReleases.next(all(), List.of(categories("A", 6, 17)));

    assertThat(state(second, total.inGroup("gep-net")))
        .as("20 before less 17 tells of 3 then")
        .isEqualTo(CellState.HIDDEN);
  }

  @Test
  void twoReleasesCannotHaveTheSameNumber() {
    keep(ExampleReleases.of(patients("A", 30)));

    assertThatThrownBy(() -> keep(ExampleReleases.of(patients("A", 31))))
        .isInstanceOf(VersionConflictException.class);
    assertThat(all().get(0).published().rows().get(0).value()).isEqualByComparingTo("30");
  }

  private void keep(Release release) {
    try (StoreDatabase database = StoreDatabase.open(settings)) {
      new Releases(database.reports(), FhirContext.forR4Cached()).keep(release);
    }
  }

  private List<Release> all() {
    try (StoreDatabase database = StoreDatabase.open(settings)) {
      return new Releases(database.reports(), FhirContext.forR4Cached()).all();
    }
  }

  private static Reported categories(String unit, long binjure, long gepNet) {
    return Reported.of("NETB1", "2.0.0", unit, 2024)
        .count("total", IP, binjure + gepNet)
        .count("gep-net", IP, gepNet)
        .count("chd-klaffkirurgi", IP, 0)
        .count("binjure", IP, binjure)
        .count("ovrigt", IP, 0);
  }

  private static Reported patients(String unit, long count) {
    return Reported.of("PROVB1", unit, 2024).count("total", IP, count);
  }
}
