package se.nhv.fhir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

class QualityTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");
  private static final Content CONTENT = Content.packed();
  private static final Instant FIRST = Instant.parse("2025-06-01T10:00:00Z");

  private final MemoryDatabase database = new MemoryDatabase();
  private final ResourceStore store = database.store();
  private final PlantedChart chart = PlantedChart.net();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFactIsKeptFromWhenItWasFirstSeenUntilItsResourceIsMended() {
    ObjectNode mdk = chart.resource("Procedure/mdk");
    mdk.put("performedDateTime", "2024");
    deliver();
    KeptFact fact = only(quality(FIRST).refresh(UNIT));
    assertThat(fact.fact().rule()).isEqualTo("datum-oprecist");
    assertThat(fact.fact().measures()).hasSize(6);

    Quality later = quality(FIRST.plus(Duration.ofDays(1)));
    assertThat(only(later.refresh(UNIT))).isEqualTo(fact);
    assertThat(only(later.kept(UNIT))).isEqualTo(fact);
    assertThat(fact.since()).isEqualTo(FIRST);
    assertThat(history(fact)).hasSize(1);

    mdk.put("performedDateTime", "2024-02-20");
    deliver();
    assertThat(later.refresh(UNIT)).isEmpty();
    assertThat(later.kept(UNIT)).isEmpty();
    assertThat(history(fact)).hasSize(2);
    assertThat(history(fact).get(0).deleted()).isTrue();
  }

  @Test
  void twoAtOnceKeepTheSameFactsAsOne() throws Exception {
    chart.resource("Procedure/mdk").put("performedDateTime", "2024");
    chart.resource("Procedure/op").remove("encounter");
    chart.resource("Patient/p").remove("gender");
    deliver();
    Quality quality = quality(FIRST);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    List<Future<List<KeptFact>>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(executor.submit(() -> quality.refresh(UNIT)));
    }
    for (Future<List<KeptFact>> one : running) {
      assertThat(one.get()).hasSize(3);
    }
    executor.shutdown();
    assertThat(quality.kept(UNIT)).hasSize(3).allSatisfy(it -> assertThat(history(it)).hasSize(1));
  }

  @Test
  void nothingOfAPatientButReferencesIsInAFact() {
    ObjectNode patient = chart.resource("Patient/p");
    patient.putArray("name").addObject().put("family", "Kanariefågel");
    patient
        .putArray("identifier")
        .addObject()
        .put("system", "http://electronichealth.se/identifier/personnummer")
        .put("value", "198507099806");
    deliver();
    KeptFact fact = only(quality(FIRST).refresh(UNIT));
    assertThat(fact.fact().rule()).isEqualTo("personnummer-felaktigt");
    assertThat(new String(history(fact).get(0).json(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("Patient/p")
        .doesNotContain("Kanariefågel", "198507099806", "1958");
  }

  @Test
  void aKeptFactIsWhatItsProfileSays() {
    chart.resource("Procedure/mdk").put("performedDateTime", "2024");
    deliver();
    KeptFact fact = only(quality(FIRST).refresh(UNIT));
    String json = new String(history(fact).get(0).json(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(CONTENT.validator().validate(json).getIssue())
        .noneMatch(it -> it.getSeverity().toCode().matches("error|fatal"));
  }

  private Quality quality(Instant now) {
    return new Quality(CONTENT, store, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void deliver() {
    Deliveries deliveries = new Deliveries(new StoreIntake(store), UNIT);
    chart.forEachPatient(
        patient -> patient.resources().forEach(it -> deliveries.add(it.toString(), it.json())));
    deliveries.flush();
    assertThat(deliveries.refused()).isEmpty();
  }

  private List<StoredVersion> history(KeptFact fact) {
    return store.history(new ResourceKey(Partitions.quality(UNIT), Quality.TYPE, fact.fact().id()));
  }

  private static KeptFact only(List<KeptFact> facts) {
    assertThat(facts).hasSize(1);
    return facts.get(0);
  }
}
