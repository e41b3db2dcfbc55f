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
    assertThat(read.get(0).cube().firstGroups()).isEqualTo(made.cube().firstGroups());
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

  private static Reported patients(String unit, long count) {
    return Reported.of("PROVB1", unit, 2024).count("total", IP, count);
  }
}
