package se.nhv.fhir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.MeasureReference;

/**
 * One fault at a time in data without any: the rule that it breaks fires, at that element, with the
 * Measures that read it, and no other. The Measures are read off the documents by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedErrorsTest {

  private static final Content CONTENT = Content.packed();
  private static final DataCheck CHECK = new DataCheck(CONTENT);
  private static final LocalDate TODAY = LocalDate.of(2025, 6, 1);

  @ParameterizedTest
  @MethodSource("all")
  void theFaultIsFoundAndGoneWhenMended(Planted planted) {
    PlantedChart chart = planted.clean().get();
    assertThat(CHECK.check(chart, TODAY)).as("before").isEmpty();
    planted.fault().accept(chart);
    List<Fact> facts = CHECK.check(chart, TODAY);
    assertThat(facts)
        .extracting(Fact::rule, Fact::resource, Fact::element)
        .containsExactly(tuple(planted.rule(), planted.resource(), planted.element()));
    assertThat(facts.get(0).measures())
        .extracting(MeasureReference::id)
        .containsExactlyInAnyOrderElementsOf(words(planted.measures()));
  }

  @Test
  void everyRuleOfTheCodeSystemIsPlantedAndEveryRuleHasWordsInBothLanguages() {
    Set<String> planted = all().map(Planted::rule).collect(Collectors.toCollection(TreeSet::new));
    DataRules rules = DataRules.of(CONTENT);
    assertThat(planted)
        .containsExactlyElementsOf(rules.all().stream().map(DataRule::code).toList());
    assertThat(rules.all())
        .allSatisfy(
            rule ->
                assertThat(List.of(rule.swedish(), rule.english()))
                    .allSatisfy(
                        words ->
                            assertThat(List.of(words.display(), words.definition(), words.remedy()))
                                .noneMatch(String::isBlank)));
  }

  Stream<Planted> all() {
    return Stream.of(
            PlantedInPersons.OF_PATIENT,
            PlantedInPersons.OF_REFERRAL,
            PlantedInCare.OF_PROCEDURE,
            PlantedInCare.OF_STAY,
            PlantedInAnswers.OF_ANSWERS,
            PlantedInAnswers.OF_OTHERS)
        .flatMap(List::stream);
  }

  @Test
  void aResourceWhosePatientIsNotThereIsADanglingReference() {
    PlantedChart chart = PlantedChart.net();
    chart.orphan("Procedure", "lost", "{'resourceType':'Procedure','id':'lost'}");
    assertThat(CHECK.check(chart, TODAY))
        .extracting(Fact::rule, Fact::resource, Fact::element, Fact::patientId)
        .containsExactly(tuple("referens-saknas", "Procedure/lost", "Procedure.subject", null));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
