package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.server.Doors.Answer;

/** Sixteen senders push the same at once: each is told that it succeeded, and it happens once. */
class EqualPushesTest {

  private static final int SENDERS = 16;

  @Test
  void onAnH2FileEqualPushesHaveOneEffect() throws Exception {
    pushOften(Doors.open(), 2, 16);
  }

  @Test
  void onPostgreSqlEqualPushesHaveOneEffect() throws Exception {
    onPostgreSql(2, 17);
  }

  @Test
  @Tag("proof")
  void onAnH2FileEqualPushesHaveOneEffectAHundredTimes() throws Exception {
    pushOften(Doors.open(), 100, System.nanoTime());
  }

  @Test
  @Tag("proof")
  void onPostgreSqlEqualPushesHaveOneEffectAHundredTimes() throws Exception {
    onPostgreSql(100, System.nanoTime());
  }

  private static void onPostgreSql(int times, long seed) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Doors doors =
          Doors.start(
              "--nhv.store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
              "--nhv.store.user=postgres");
      try {
        pushOften(doors, times, seed);
      } finally {
        doors.close();
      }
    }
  }

  private static void pushOften(Doors doors, int times, long seed) throws Exception {
    Random random = new Random(seed);
    for (int time = 0; time < times; time++) {
      String id = newId();
      int size = random.nextInt(1, 30);
      pushAtOnce(doors, "PUT, seed " + seed, bundle(id, size, EqualPushesTest::put), size);
      assertHistories(doors, id, size, 1);
      pushAtOnce(doors, "DELETE, seed " + seed, bundle(id, size, EqualPushesTest::delete), size);
      assertHistories(doors, id, size, 2);

      String created = newId();
      pushAtOnce(doors, "POST, seed " + seed, bundle(created, size, EqualPushesTest::post), size);
      assertFoundOnce(doors, created, size);

      String mixed = newId();
      boolean[] second = {random.nextBoolean(), random.nextBoolean()};
      String mix =
          bundle(
              mixed,
              size,
              (base, i) ->
                  second[i % 2] ? put(base, i) : i % 3 == 0 ? delete(base, i) : post(base, i));
      pushAtOnce(doors, "mix, seed " + seed, mix, size);
      for (int i = 0; i < size; i++) {
        boolean wasPut = second[i % 2];
        assertThat(historyOf(doors, mixed + "-" + i)).as("mix %d", i).isEqualTo(wasPut ? 1 : 0);
        assertThat(found(doors, mixed, i)).isEqualTo(wasPut || i % 3 != 0 ? 1 : 0);
      }
    }
  }

  private static void pushAtOnce(Doors doors, String what, String bundle, int size)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(SENDERS);
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int sender = 0; sender < SENDERS; sender++) {
      calls.add(
          () -> {
            start.await();
            return doors.post(TOKEN_A, "/intake", bundle);
          });
    }
    ExecutorService executor = Executors.newFixedThreadPool(SENDERS);
    try {
      for (Future<Answer> future : executor.invokeAll(calls)) {
        Answer answer = future.get();
        assertThat(answer.status()).as(what + " " + answer.body()).isEqualTo(200);
        assertThat(answer.json().path("entry")).hasSize(size);
        assertThat(answer.json().path("entry").findValuesAsText("status"))
            .as(what)
            .hasSize(size)
            .allMatch(status -> status.startsWith("2"));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void assertHistories(Doors doors, String id, int size, int versions)
      throws IOException {
    for (int i = 0; i < size; i++) {
      assertThat(historyOf(doors, id + "-" + i)).isEqualTo(versions);
    }
  }

  private static void assertFoundOnce(Doors doors, String base, int size) {
    for (int i = 0; i < size; i++) {
      assertThat(found(doors, base, i)).isEqualTo(1);
    }
  }

  private static int historyOf(Doors doors, String id) {
    Answer answer = doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history");
    return answer.status() == 404 ? 0 : answer.json().path("entry").size();
  }

  private static int found(Doors doors, String base, int i) {
    JsonNode found =
        doors.get(TOKEN_A, "/intake/Patient?identifier=urn:s%7C" + base + "-" + i).json();
    return found.path("total").asInt();
  }

  private interface Entry {
    String of(String base, int i);
  }

  private static String bundle(String base, int size, Entry entry) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(entry.of(base, i));
    }
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  private static String put(String base, int i) {
    return """
    {"request":{"method":"PUT","url":"Patient/%1$s-%2$d"},
     "resource":{"resourceType":"Patient","id":"%1$s-%2$d",
       "identifier":[{"system":"urn:s","value":"%1$s-%2$d"}]}}"""
        .formatted(base, i);
  }

  private static String post(String base, int i) {
    return """
    {"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:s|%1$s-%2$d"},
     "resource":{"resourceType":"Patient",
       "identifier":[{"system":"urn:s","value":"%1$s-%2$d"}]}}"""
        .formatted(base, i);
  }

  private static String delete(String base, int i) {
    return "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/%s-%d\"}}".formatted(base, i);
  }
}
