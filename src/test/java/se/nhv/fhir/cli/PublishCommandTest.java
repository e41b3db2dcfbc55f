package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.Unzipped;
import se.nhv.fhir.publication.SubmittedExample;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

class PublishCommandTest {

  private String url;
  private Path out;

  @BeforeEach
  void folders(@TempDir Path folder) {
    url = "jdbc:h2:file:" + folder.resolve("nhv");
    out = folder.resolve("out");
  }

  private void given(Consumer<ResourceStore> reports) {
    try (StoreDatabase database = StoreDatabase.open(StoreSettings.of(url))) {
      reports.accept(database.reports());
    }
  }

  private Ran publish(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("publish", "--store-url", url, "--out", out.toString()));
    arguments.addAll(List.of(more));
    return Ran.nhv(arguments.toArray(String[]::new));
  }

  @Test
  void aReleaseIsKeptToldAndWrittenInThreeFormsWithoutWhatItHides() throws IOException {
    given(SubmittedExample::in);

    Ran ran = publish("--reporting-year", "2025", "--date", "2025-05-01");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out())
        .contains("publicering 1 av redovisningsår 2025, per 2025-05-01, röjandepolicy 1.0.0")
        .contains("dold", "ej rapporterad", "inga data", "angrepp: 0 av ");
    for (String form : List.of("json", "csv", "xlsx")) {
      Path file = out.resolve("publicering-1." + form);
      byte[] bytes = Files.readAllBytes(file);
      String text = form.equals("xlsx") ? Unzipped.text(bytes) : Files.readString(file);
      assertThat(text).as(form).contains(SubmittedExample.SHOWN);
      assertThat(SubmittedExample.HIDDEN).as(form).noneMatch(text::contains);
      assertThat(SubmittedExample.HIDDEN).as("summary").noneMatch(ran.out()::contains);
    }
    assertThat(publish("--reporting-year", "2025").out()).contains("publicering 2 av");
  }

  @Test
  void aReleaseThatGivesHiddenCountsAwayIsWithheldAndNothingIsWritten() {
    given(SubmittedExample::in);
    given(SubmittedExample::keepCarelessly);

    Ran ran = publish("--reporting-year", "2025");

    assertThat(ran.code()).isEqualTo(ExitCode.WITHHELD).isEqualTo(4);
    assertThat(ran.err()).contains("the release is withheld", "of " + SubmittedExample.B);
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aYearOfWhichNothingIsSubmittedFailsAndAYearIsNeeded() {
    Ran ran = publish("--reporting-year", "2025");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).contains("no unit has submitted");
    assertThat(publish().code()).isEqualTo(ExitCode.USAGE);
  }
}
