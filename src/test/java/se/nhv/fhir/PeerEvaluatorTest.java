package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.RawResource;

/** Every case that was worked out by hand, on an evaluator that is not ours. */
class PeerEvaluatorTest {

  private static final Pattern ABSOLUTE = Pattern.compile("https://[^\"]*/(Patient/)");
  private static final Content CONTENT = Content.load(ContentFiles.in(Path.of("")));
  private static final List<MeasureCase> CASES = CONTENT.cases();
  private static final PeerEvaluator PEER = new PeerEvaluator(CONTENT);

  /** What goes wrong stands in the peer's report and is thrown from there. */
  @BeforeAll
  static void quiet() {
    ((Logger) LoggerFactory.getLogger("org.opencds.cqf")).setLevel(Level.OFF);
  }

  @TestFactory
  Stream<DynamicTest> thePeerCountsWhatWasWorkedOutByHand() {
    assertThat(CASES).isNotEmpty();
    return CASES.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.toString(),
                    () ->
                        assertThat(PeerExclusions.faults(c, PEER.report(c)))
                            .as(c.description())
                            .isEmpty()));
  }

  @Test
  void everyExclusionIsOfACaseThatIsThere() {
    assertThat(PeerExclusions.unknown(CASES)).isEmpty();
  }

  @Test
  void thePeerReadsNoOtherSpelling() {
    PeerEvaluator unspelled = new PeerEvaluator(CONTENT, m -> m);

    assertThatThrownBy(() -> unspelled.report(caseOf("NETT1-2.0.0/", "measure-observation")))
        .hasMessageContaining("Aggregation method: average is not a valid value");
    assertThatThrownBy(() -> unspelled.report(caseOf("NETB1-2.0.0/", "initial-population")))
        .hasMessageContaining("criteria-based stratifier is invalid");
  }

  @Test
  void thePeerStatesTheComplementWhereADecreaseIsBetter() {
    MeasureCase proportion = caseOf("BBCR2-0.1.0/", "numerator");
    PeerEvaluator unspelled = new PeerEvaluator(CONTENT, m -> m);

    assertThat(PeerComparison.differences(proportion.expected(), unspelled.report(proportion)))
        .containsEntry("total measureScore", "expected 1, the peer 0.0");
  }

  @Test
  void thePeerTakesNoDecimalAsAnObservation() {
    PeerEvaluator unspelled = new PeerEvaluator(CONTENT, PeerEvaluatorTest::ofAggregateMethodOnly);

    assertThatThrownBy(() -> unspelled.report(caseOf("BBCE1-0.1.0/", "measure-observation")))
        .hasMessageContaining("the peer's report is ERROR");
  }

  private static Measure ofAggregateMethodOnly(Measure measure) {
    Measure spelled = PeerMeasure.of(measure);
    for (int g = 0; g < measure.getGroup().size(); g++) {
      for (int p = 0; p < measure.getGroup().get(g).getPopulation().size(); p++) {
        spelled
            .getGroup()
            .get(g)
            .getPopulation()
            .get(p)
            .setCriteria(measure.getGroup().get(g).getPopulation().get(p).getCriteria());
      }
    }
    return spelled;
  }

  @Test
  void theSubjectsAbsoluteUrlIsAllThatSetsTheExcludedCasesApart() {
    for (String name : PeerExclusions.OTHERWISE.keySet()) {
      MeasureCase excluded = caseNamed(name);
      MeasureReport report = PEER.report(withRelativeSubjects(excluded));

      assertThat(PeerExclusions.faults(excluded, report))
          .as(name)
          .singleElement()
          .asString()
          .startsWith("the peer counts it as we do");
    }
  }

  @Test
  void aCountThatIsNotThePeersIsTold() {
    MeasureCase cohort = caseOf("NETB1-2.0.0/", "initial-population");
    MeasureCase changed = changed(cohort);
    first(changed).getPopulationFirstRep().setCount(7);

    assertThat(PeerExclusions.faults(changed, PEER.report(cohort)))
        .containsExactly("total initial-population: expected 7, the peer 1");
  }

  @Test
  void aScoreThatDiffersByMoreThanRoundingIsTold() {
    MeasureCase mean = caseOf("NETT1-2.0.0/", "measure-observation");
    MeasureCase changed = changed(mean);
    first(changed)
        .getMeasureScore()
        .setValue(first(mean).getMeasureScore().getValue().doubleValue() + 1e-6);

    assertThat(PeerExclusions.faults(changed, PEER.report(mean)))
        .singleElement()
        .asString()
        .startsWith("total measureScore: expected ");
  }

  @Test
  void aBortfallOrAMedianThatIsNotThePeersIsTold() {
    MeasureCase mean = caseOf("NETT1-2.0.0/", "measure-observation");
    MeasureReport other = PEER.report(mean).copy();
    MeasureReportGroupComponent group = other.getGroupFirstRep();
    group.getExtension().clear();
    Extension bortfall = group.addExtension().setUrl(Canonicals.structureDefinition("bortfall"));
    bortfall.addExtension("reason", new CodeType("beslut-saknas"));
    bortfall.addExtension("count", new IntegerType(1));

    assertThat(PeerExclusions.faults(mean, other))
        .contains("total bortfall beslut-saknas: expected nothing, the peer 1")
        .anyMatch(f -> f.matches("total statistik median: expected .*, the peer nothing"));
  }

  @Test
  void aStratumThatThePeerDoesNotFindIsTold() {
    MeasureCase stratified =
        CASES.stream()
            .filter(c -> c.expected().getGroupFirstRep().hasStratifier())
            .findFirst()
            .orElseThrow();
    MeasureCase changed = changed(stratified);
    first(changed)
        .getStratifierFirstRep()
        .getStratumFirstRep()
        .getValue()
        .getCodingFirstRep()
        .setCode("annat");

    assertThat(PeerExclusions.faults(changed, PEER.report(stratified)))
        .hasSize(2)
        .anyMatch(f -> f.matches("total kon annat initial-population: .*, the peer nothing"));
  }

  @Test
  void anExcludedCaseThatHasBecomeEqualIsTold() {
    MeasureCase excluded = caseNamed(PeerExclusions.OTHERWISE.keySet().iterator().next());
    MeasureReport equal = excluded.expected().copy();
    equal.getGroup().forEach(PeerEvaluatorTest::withoutWhatIsSilent);

    assertThat(PeerExclusions.faults(excluded, equal))
        .singleElement()
        .asString()
        .startsWith("the peer counts it as we do; take it off the list");
  }

  @Test
  void whatThePeerHasBegunToStateIsTold() {
    MeasureCase any = caseOf("NETT1-2.0.0/", "measure-observation");
    MeasureReport report = PEER.report(any).copy();
    report
        .getGroupFirstRep()
        .addExtension()
        .setUrl(Canonicals.structureDefinition("statistik"))
        .addExtension("count", new IntegerType(1));

    assertThat(PeerExclusions.faults(any, report))
        .containsExactly(
            "total statistik count: the peer states it; take it off the list of the silent");
  }

  @Test
  void anErrorThatThePeerOnlyWritesIntoItsReportIsThrown() {
    MeasureCase cohort = caseOf("NETB1-2.0.0/", "initial-population");
    RawResource reference =
        RawResource.of(
            "Procedure",
            "utan-referens",
            """
            {"resourceType": "Procedure", "id": "utan-referens", "status": "completed",
             "subject": {"display": "ingen"}}
            """);
    MeasureCase broken =
        new MeasureCase(
            cohort.measureId(),
            cohort.name(),
            Stream.concat(cohort.resources().stream(), Stream.of(reference)).toList(),
            cohort.expected());

    assertThatThrownBy(() -> PEER.report(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the peer's report is ERROR");
  }

  /** The first case of the Measure that counts one there. */
  private static MeasureCase caseOf(String measure, String population) {
    return CASES.stream()
        .filter(c -> c.toString().startsWith(measure))
        .filter(c -> !PeerExclusions.OTHERWISE.containsKey(c.toString()))
        .filter(
            c ->
                first(c).getPopulation().stream()
                    .anyMatch(
                        p ->
                            p.getCount() == 1
                                && p.getCode().getCodingFirstRep().getCode().equals(population)))
        .findFirst()
        .orElseThrow();
  }

  private static MeasureCase caseNamed(String name) {
    List<MeasureCase> found = CASES.stream().filter(c -> c.toString().equals(name)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static void withoutWhatIsSilent(MeasureReportGroupComponent group) {
    group.getMeasureScore().setCode(null);
    group
        .getExtensionsByUrl(Canonicals.structureDefinition("statistik"))
        .forEach(s -> s.getExtension().removeIf(e -> !e.getUrl().equals("median")));
  }

  private static MeasureCase withRelativeSubjects(MeasureCase c) {
    List<RawResource> resources =
        c.resources().stream()
            .map(r -> RawResource.of(r.type(), r.id(), ABSOLUTE.matcher(r.text()).replaceAll("$1")))
            .toList();
    return new MeasureCase(c.measureId(), c.name(), resources, c.expected());
  }

  private static MeasureCase changed(MeasureCase c) {
    return new MeasureCase(c.measureId(), c.name(), c.resources(), c.expected().copy());
  }

  private static MeasureReportGroupComponent first(MeasureCase measureCase) {
    return measureCase.expected().getGroupFirstRep();
  }
}
