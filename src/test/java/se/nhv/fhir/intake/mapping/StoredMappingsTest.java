package se.nhv.fhir.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.measure.SystemCode;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.ResourceKey;

class StoredMappingsTest extends MappedUnit {

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
            new UnmappedCodes.Row("Procedure", "Procedure.code", new SystemCode(LOCAL, "Q"), 2),
            new UnmappedCodes.Row(
                "Procedure", "Procedure.code", new SystemCode("urn:unknown", "x"), 1));
  }
}
