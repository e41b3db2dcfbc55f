package se.nhv.fhir.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.ResourceMapping;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.store.Applied;

/** A changed mapping is brought to what is stored. */
class RemappingTest extends MappedUnit {

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
}
