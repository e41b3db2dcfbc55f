package se.nhv.fhir.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.put;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a database is opened, closed, shared and survived. */
@Timeout(120)
class StoreDatabaseTest {

  private static final ResourceKey KEY = observation("p", "a");

  private Path folder = Path.of(".");

  @BeforeEach
  void keepIn(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void what_was_stored_is_there_after_closing_and_opening_again() {
    Instant stored;
    try (StoreDatabase database = StoreDatabase.open(settings())) {
      database.intake().apply(List.of(put(KEY, "1")));
      stored = database.intake().apply(List.of(put(KEY, "2"))).get(0).stored();
    }
    try (StoreDatabase database = StoreDatabase.open(settings())) {
      assertThat(database.intake().history(KEY))
          .extracting(Resources::text)
          .containsExactly("2", "1");
      assertThat(database.intake().read(KEY)).map(StoredVersion::stored).contains(stored);
      assertThat(database.intake().apply(List.of(put(observation("p", "b"), "3")))).hasSize(1);
    }
  }

  @Test
  void a_clock_set_back_does_not_turn_the_history_round() {
    Instant noon = Instant.parse("2024-05-01T12:00:00.123456789Z");
    try (StoreDatabase database =
        StoreDatabase.open(settings(), Clock.fixed(noon, ZoneOffset.UTC))) {
      assertThat(database.intake().apply(List.of(put(KEY, "1"))).get(0).stored())
          .isEqualTo(Instant.parse("2024-05-01T12:00:00.123Z"));
    }
    Clock earlier = Clock.fixed(noon.minusSeconds(3600), ZoneOffset.UTC);
    try (StoreDatabase database = StoreDatabase.open(settings(), earlier)) {
      assertThat(database.intake().apply(List.of(put(KEY, "2"))).get(0).stored())
          .isEqualTo(Instant.parse("2024-05-01T12:00:00.123Z"));
    }
  }

  @Test
  void a_file_in_use_by_another_process_is_named_with_the_way_out() throws IOException {
    Process writer = WriterProcess.start(settings().url());
    try (BufferedReader output = output(writer)) {
      assertThat(output.readLine()).isEqualTo("applied 0");
      assertThatThrownBy(() -> StoreDatabase.open(settings()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(folder.resolve("nhv.mv.db") + " is in use by another process")
          .hasMessageContaining("stop that process")
          .hasMessageContaining("jdbc:postgresql://");
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void what_was_acknowledged_survives_a_killed_process_whole() throws Exception {
    Process writer = WriterProcess.start(settings().url());
    int acknowledged = -1;
    try (BufferedReader output = output(writer)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        acknowledged = number(line);
        if (acknowledged == 40) {
          writer
              .toHandle()
              .destroyForcibly(); // kill -9; what it had printed by then is read to the end
        }
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(40);
    try (StoreDatabase database = StoreDatabase.open(settings())) {
      for (int i = 0; i <= acknowledged; i++) {
        assertThat(database.intake().read(observation("p", i + "a"))).isPresent();
        assertThat(database.intake().read(observation("p", i + "b"))).isPresent();
      }
      int next = acknowledged + 1;
      boolean first = database.intake().read(observation("p", next + "a")).isPresent();
      assertThat(database.intake().read(observation("p", next + "b")).isPresent()).isEqualTo(first);
      assertThat(database.intake().history(observation("p", "again")))
          .hasSize(first ? next + 1 : next);
    }
  }

  @Test
  void a_url_of_another_database_is_refused_with_the_two_that_work() {
    assertThatThrownBy(() -> StoreDatabase.open(StoreSettings.of("jdbc:mysql://h/d?password=x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:mysql://h/d is neither jdbc:h2:file")
        .hasMessageNotContaining("password");
  }

  @Test
  void settings_have_the_default_file_and_hide_their_password() {
    assertThat(StoreSettings.embedded().url()).isEqualTo("jdbc:h2:file:./data/nhv");
    assertThat(new StoreSettings("jdbc:postgresql://u:hemligt@h/d?x=hemligt", "u", "hemligt", 4))
        .hasToString("StoreSettings[jdbc:postgresql://h/d, 4 connections]");
    assertThatThrownBy(() -> new StoreSettings("jdbc:h2:file:./x", "u", "", 1))
        .hasMessageContaining("2 connections or more");
  }

  private StoreSettings settings() {
    return StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv"));
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring("applied ".length()));
  }
}
