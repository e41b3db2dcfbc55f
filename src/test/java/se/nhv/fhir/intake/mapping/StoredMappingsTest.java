package se.nhv.fhir.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.Originals;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.ResourceMapping;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

class StoredMappingsTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");
  private static final Unit OTHER = new Unit("SE0000000000-B");
  private static final String LOCAL = "https://sjukhus.example/kodverk/atgard";
  private static final String ATGARD = "https://w3id.org/nhv/fhir/CodeSystem/atgard";

  private final MemoryDatabase database = new MemoryDatabase();
  private final ResourceStore store = database.store();
  private final StoredMappings mappings = new StoredMappings(store, () -> HospitalMapping.CONTRACT);
  private final Intake intake = new StoreIntake(store, mappings);
  private final Remapping remapping = new Remapping(store, mappings, intake);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatComesInIsMappedAndTheOriginalStandsBesideWhereItChanged() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, procedure("1", "A"), procedure("2", "unknown"));
    assertThat(care("1")).contains("net-kirurgi").contains(LOCAL);
    assertThat(original("1")).contains(LOCAL).doesNotContain("net-kirurgi");
    assertThat(care("2")).contains("unknown").doesNotContain(ATGARD);
    assertThat(store.read(originalKey("2"))).isEmpty();
    push(OTHER, procedure("1", "A"));
    assertThat(text(store.read(new ResourceKey(OTHER.hsaId(), "Procedure", "1")).orElseThrow()))
        .as("another unit's mapping is none of its business")
        .doesNotContain("net-kirurgi");
  }

  @Test
  void theSamePushTwiceHasOneEffectOnBoth() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, procedure("1", "A"));
    assertThat(push(UNIT, procedure("1", "A")).get(0).effect()).isEqualTo(Applied.Effect.UNCHANGED);
    assertThat(store.history(originalKey("1"))).hasSize(1);
    assertThat(store.history(careKey("1"))).hasSize(1);
  }

  @Test
  void aVersionThatComesLateLeavesTheOriginalOfTheNewerOne() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, dated("1", "A", "2024-05-02"), dated("2", "unknown", "2024-05-02"));
    push(UNIT, dated("1", "unknown", "2024-05-01"), dated("2", "A", "2024-05-01"));
    assertThat(sent("1")).contains("2024-05-02").contains("\"A\"").doesNotContain("net-kirurgi");
    assertThat(sent("2")).contains("2024-05-02").contains("unknown");
  }

  @Test
  void aConditionalCreateIsMappedToo() {
    put(UNIT, map("net-kirurgi"));
    String json =
        procedure("x", "A")
            .replace(
                "\"status\"", "\"identifier\":[{\"system\":\"s\",\"value\":\"v\"}],\"status\"");
    Delivery create = new Delivery.CreateIfNoneExist(HospitalMapping.parse(json), "s", "v");
    ResourceKey made = intake.deliver(UNIT, List.of(create)).get(0).key();
    assertThat(text(store.read(made).orElseThrow())).contains("net-kirurgi");
    assertThat(original(made.id())).doesNotContain("net-kirurgi");
    assertThat(intake.deliver(UNIT, List.of(create)).get(0).effect())
        .isEqualTo(Applied.Effect.UNCHANGED);
  }

  @Test
  void aDeletionDeletesBoth() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, procedure("1", "A"));
    intake.deliver(UNIT, List.of(new Delivery.Deletion("Procedure", "1", null)));
    assertThat(store.read(careKey("1")).orElseThrow().deleted()).isTrue();
    assertThat(store.read(originalKey("1")).orElseThrow().deleted()).isTrue();
  }

  @Test
  void aMappingThatComesAfterThePushGivesTheSameAsAFreshPush() {
    push(UNIT, all());
    put(UNIT, map("net-kirurgi"));
    assertThatThrownBy(() -> mappings.settledVersion(UNIT))
        .isInstanceOf(RemappingUnfinishedException.class)
        .hasMessageContaining("0 of 0");
    remapping.run(UNIT);
    put(OTHER, map("net-kirurgi"));
    remapping.run(OTHER);
    push(OTHER, all());
    assertThat(everything(UNIT)).isEqualTo(everything(OTHER)).isNotEmpty();
    assertThat(mappings.settledVersion(UNIT))
        .isEqualTo(mappings.settledVersion(OTHER))
        .hasValueSatisfying(it -> assertThat(it).startsWith("k1r0-"));
  }

  @Test
  void aMappingThatIsChangedOrRemovedStartsFromTheOriginals() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, all());
    put(UNIT, map("binjure-kirurgi"));
    remapping.run(UNIT);
    assertThat(care("1")).contains("binjure-kirurgi").doesNotContain("net-kirurgi");
    mappings.delete(UNIT, "ConceptMap", "a", null);
    push(UNIT, procedure("7", "A"));
    remapping.run(UNIT);
    push(OTHER, all());
    push(OTHER, procedure("7", "A"));
    assertThat(everything(UNIT)).isEqualTo(everything(OTHER));
    assertThat(mappings.settledVersion(UNIT)).isEmpty();
  }

  @Test
  void aPushBetweenRemovalAndItsEndIsNotUndone() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, procedure("1", "A"));
    mappings.delete(UNIT, "ConceptMap", "a", null);
    push(UNIT, procedure("1", "B"));
    remapping.run(UNIT);
    assertThat(care("1")).contains("\"B\"");
    assertThat(store.read(originalKey("1")).orElseThrow().deleted()).isTrue();
  }

  @Test
  void whatIsStoppedInTheMiddleGoesOnFromThereInAnotherProcess() {
    String[] many = new String[450];
    for (int i = 0; i < many.length; i++) {
      many[i] = procedure("p" + i, "A");
    }
    push(UNIT, many);
    put(UNIT, map("net-kirurgi"));
    assertThat(remapping.run(UNIT, 300)).isFalse();
    assertThatThrownBy(() -> mappings.settledVersion(UNIT)).hasMessageContaining("of 450");
    push(UNIT, procedure("p7", "B")); // pushes go on meanwhile

    StoredMappings others = new StoredMappings(store, () -> HospitalMapping.CONTRACT);
    Remapping other = new Remapping(store, others, new StoreIntake(store, others));
    assertThat(other.run(UNIT, Integer.MAX_VALUE)).isTrue();
    assertThat(mappings.settledVersion(UNIT)).isPresent();
    assertThat(care("p449")).contains("net-kirurgi");
    assertThat(care("p0")).contains("net-kirurgi");
    assertThat(care("p7")).contains("\"B\"").doesNotContain("net-kirurgi");
    assertThat(store.history(careKey("p0"))).as("mapped once").hasSize(2);
  }

  @Test
  void theSameMappingTwiceIsNoNewVersionAndNothingIsMappedAnew() {
    put(UNIT, map("net-kirurgi"));
    remapping.run(UNIT);
    put(UNIT, map("net-kirurgi"));
    assertThat(mappings.settledVersion(UNIT)).isPresent();
  }

  @Test
  void aMappingThatIsChangedWhileAPushIsUnderWayWins() {
    put(UNIT, map("net-kirurgi"));
    boolean[] changed = {false};
    ResourceMapping late =
        unit -> {
          ResourceMapping.InForce used = mappings.inForce(unit);
          if (!changed[0]) {
            changed[0] = true;
            put(UNIT, map("binjure-kirurgi"));
            remapping.run(UNIT); // finds nothing: the push is not stored yet
          }
          return used;
        };
    Delivery sent = new Delivery.Update(HospitalMapping.parse(procedure("1", "A")), 0L);
    Applied applied = new StoreIntake(store, late).deliver(UNIT, List.of(sent)).get(0);
    assertThat(applied.effect()).isEqualTo(Applied.Effect.CREATED);
    assertThat(care("1")).contains("binjure-kirurgi").doesNotContain("net-kirurgi");
    assertThat(original("1")).doesNotContain("binjure-kirurgi");
  }

  @Test
  void aMappingWithFaultsChangesNothing() {
    put(UNIT, map("net-kirurgi"));
    assertThatThrownBy(() -> put(UNIT, map("no-such-code")))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("no such code");
    assertThat(mappings.mapping(UNIT).orElseThrow().version())
        .isEqualTo(UnitMapping.of(List.of(map("net-kirurgi"))).version());
  }

  @Test
  void filesReplaceWhatIsThere() {
    put(UNIT, map("net-kirurgi"));
    mappings.replace(UNIT, HospitalMapping.resources());
    assertThat(mappings.resources(UNIT))
        .extracting(MappingResource::name)
        .containsExactly("ConceptMap/atgarder", "StructureMap/regler");
    assertThat(mappings.inForce(UNIT).version()).isEqualTo(HospitalMapping.mapping().version());
  }

  @Test
  void unmappedCodesAreCountedOverWhatIsStoredTheMostFrequentFirst() {
    put(UNIT, map("net-kirurgi"));
    push(UNIT, procedure("1", "A"), procedure("2", "Q"), procedure("3", "Q"), procedure("4", "N"));
    push(UNIT, procedure("5", "x").replace(LOCAL, "urn:unknown"));
    push(UNIT, procedure("6", "JLC30").replace(LOCAL, "urn:oid:1.2.752.116.1.3.2.1.4"));
    List<UnmappedCodes.Row> rows =
        StoredUnmapped.count(
                store, UNIT, mappings.mapping(UNIT).orElseThrow(), HospitalMapping.CONTRACT)
            .rows();
    assertThat(rows)
        .containsExactly(
            new UnmappedCodes.Row("Procedure", "Procedure.code", new Code(LOCAL, "Q"), 2),
            new UnmappedCodes.Row("Procedure", "Procedure.code", new Code("urn:unknown", "x"), 1));
  }

  private void put(Unit unit, MappingResource resource) {
    mappings.put(unit, resource, null);
  }

  private static MappingResource map(String code) {
    return HospitalMapping.conceptMap(
        "a",
        """
        {"source":"%s","target":"%s","element":[
          {"code":"A","target":[{"code":"%s","equivalence":"wider"}]},
          {"code":"N","target":[{"equivalence":"unmatched"}]}]}"""
            .formatted(LOCAL, ATGARD, code));
  }

  private static String[] all() {
    return new String[] {procedure("1", "A"), procedure("2", "B"), procedure("3", "A")};
  }

  private static String procedure(String id, String code) {
    return """
    {"resourceType":"Procedure","id":"%s","status":"completed",
     "code":{"coding":[{"system":"%s","code":"%s"}]},"subject":{"reference":"Patient/p"}}"""
        .formatted(id, LOCAL, code);
  }

  private List<Applied> push(Unit unit, String... resources) {
    List<Delivery> deliveries = new ArrayList<>();
    for (String json : resources) {
      Resource resource = HospitalMapping.parse(json);
      deliveries.add(new Delivery.Update(resource, null));
    }
    return intake.deliver(unit, deliveries);
  }

  private Map<String, String> everything(Unit unit) {
    Map<String, String> all = new TreeMap<>();
    for (String partition : List.of(Partitions.care(unit), Partitions.originals(unit))) {
      for (String type : AcceptedTypes.ALL) {
        Query query = new Query(partition, type, List.of(), null, null, null, 500);
        store
            .search(query)
            .versions()
            .forEach(it -> all.put(partition.replace(unit.hsaId(), "") + "/" + it.key(), text(it)));
      }
    }
    return all;
  }

  private String care(String id) {
    return text(store.read(careKey(id)).orElseThrow());
  }

  private String original(String id) {
    return text(store.read(originalKey(id)).orElseThrow());
  }

  private String sent(String id) {
    StoredVersion counted = store.read(careKey(id)).orElseThrow();
    return new String(new Originals(store).of(UNIT, counted), StandardCharsets.UTF_8);
  }

  private static String dated(String id, String code, String day) {
    String meta = "\"meta\":{\"lastUpdated\":\"" + day + "T10:00:00Z\"},\"status\"";
    return procedure(id, code).replace("\"status\"", meta);
  }

  private static ResourceKey careKey(String id) {
    return new ResourceKey(UNIT.hsaId(), "Procedure", id);
  }

  private static ResourceKey originalKey(String id) {
    return Partitions.original(careKey(id), UNIT);
  }

  private static String text(StoredVersion version) {
    return new String(version.json(), StandardCharsets.UTF_8);
  }
}
