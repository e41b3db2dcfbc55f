package se.nhv.fhir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

  private static final String AGE_NET = "NETB2-1.0.0 NETB2-2.0.0";
  private static final String STRATA_NET = "NETB1-1.0.0 NETB1-2.0.0";
  private static final String T1_NET = "NETT1-1.0.0 NETT1-2.0.0";
  private static final String MDK_NET = STRATA_NET + " " + AGE_NET + " " + T1_NET;
  private static final String P1_NET = "NETP1-1.0.0 NETP1-2.0.0";
  private static final String O1_NET = "NETO1-1.0.0 NETO1-2.0.0";
  private static final String R1_NET = "NETR1-1.0.0 NETR1-2.0.0";
  private static final String OP_NET =
      "NETB3-1.0.0 NETB3-2.0.0 " + R1_NET + " " + P1_NET + " " + O1_NET;
  private static final String EVERY_NET = MDK_NET + " " + OP_NET;
  private static final String R2_ABK = "ABKR2-1.0.0";
  private static final String REGISTERED = "ServiceRequest.extension('remiss-registrerad').value";

  /** A fault, and the one fact that it makes. */
  record Planted(
      String name,
      Supplier<PlantedChart> clean,
      Consumer<PlantedChart> fault,
      String rule,
      String resource,
      String element,
      String measures) {
    @Override
    public String toString() {
      return name;
    }
  }

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
    return Stream.of(ofPatient(), ofReferral(), ofProcedure(), ofStay(), ofAnswers(), ofOthers())
        .flatMap(it -> it);
  }

  private static Stream<Planted> ofPatient() {
    return Stream.of(
        net(
            "birthDate left out",
            "Patient/p",
            r -> r.remove("birthDate"),
            "datum-saknas",
            "Patient.birthDate",
            AGE_NET),
        net(
            "birthDate is a month",
            "Patient/p",
            r -> r.put("birthDate", "1958-05"),
            "datum-oprecist",
            "Patient.birthDate",
            AGE_NET),
        net(
            "gender left out",
            "Patient/p",
            r -> r.remove("gender"),
            "kon-saknas",
            "Patient.gender",
            STRATA_NET),
        net(
            "dead without a day",
            "Patient/p",
            r -> r.put("deceasedBoolean", true),
            "avliden-utan-datum",
            "Patient.deceased",
            ""),
        net(
            "month of death",
            "Patient/p",
            r -> r.put("deceasedDateTime", "2025-01"),
            "datum-oprecist",
            "Patient.deceased",
            ""),
        net(
            "county that is none",
            "Patient/p",
            r -> address(r).put("state", "02"),
            "lan-okand",
            "Patient.address.state",
            STRATA_NET),
        net(
            "county left out",
            "Patient/p",
            r -> address(r).remove("state"),
            "lan-saknas",
            "Patient.address.state",
            STRATA_NET),
        net(
            "wrong check digit",
            "Patient/p",
            r -> identify(r, "198507099806", "1985-07-09"),
            "personnummer-felaktigt",
            "Patient.identifier",
            ""),
        net(
            "another birthDate than the number's",
            "Patient/p",
            r -> identify(r, "198507099805", "1985-07-08"),
            "fodelsedatum-avviker",
            "Patient.birthDate",
            AGE_NET),
        planted(
            "died before the questionnaire was answered",
            chart -> chart.resource("Patient/p").put("deceasedDateTime", "2024-04-05"),
            "datum-efter-dod",
            "QuestionnaireResponse/svar",
            "QuestionnaireResponse.authored",
            P1_NET),
        new Planted(
            "a second Patient of the same person",
            PlantedErrorsTest::identified,
            PlantedErrorsTest::addTwin,
            "dubbel-patient",
            "Patient/q",
            "Patient",
            ""));
  }

  private static Stream<Planted> ofReferral() {
    return Stream.of(
        net(
            "referral not registered",
            "ServiceRequest/remiss",
            r -> extensions(r).remove(0),
            "datum-saknas",
            REGISTERED,
            T1_NET),
        net(
            "referral registered in a month",
            "ServiceRequest/remiss",
            r -> ((ObjectNode) extensions(r).get(0)).put("valueDateTime", "2024-02"),
            "datum-oprecist",
            REGISTERED,
            T1_NET),
        net(
            "referral registered after the MDK",
            "ServiceRequest/remiss",
            r -> ((ObjectNode) extensions(r).get(0)).put("valueDateTime", "2024-02-21"),
            "remiss-efter-atgard",
            REGISTERED,
            T1_NET),
        net(
            "referral of no area",
            "ServiceRequest/remiss",
            r -> r.putArray("category"),
            "kod-saknas",
            "ServiceRequest.category",
            T1_NET),
        net(
            "referral of an unknown area",
            "ServiceRequest/remiss",
            r ->
                r.set(
                    "category",
                    PlantedChart.read("{'c':[{'coding':[#omrade|net#," + "#omrade|nett#]}]}")
                        .get("c")),
            "okand-kod",
            "ServiceRequest.category",
            T1_NET),
        planted(
            "MDK without any referral",
            chart -> {
              chart.remove("ServiceRequest/remiss");
              chart.resource("Procedure/mdk").remove("basedOn");
            },
            "remiss-saknas",
            "Procedure/mdk",
            "Procedure.basedOn",
            T1_NET),
        planted(
            "the same referral twice",
            chart -> {
              ObjectNode copy = chart.resource("ServiceRequest/remiss").deepCopy();
              chart.put(copy.put("id", "remiss2").toString());
            },
            "dubblett",
            "ServiceRequest/remiss2",
            "ServiceRequest",
            T1_NET));
  }

  private static Stream<Planted> ofProcedure() {
    return Stream.of(
        net(
            "MDK without a date",
            "Procedure/mdk",
            r -> r.remove("performedDateTime"),
            "datum-saknas",
            "Procedure.performed",
            MDK_NET),
        net(
            "MDK in a year",
            "Procedure/mdk",
            r -> r.put("performedDateTime", "2024"),
            "datum-oprecist",
            "Procedure.performed",
            MDK_NET),
        net(
            "unknown atgard",
            "Procedure/mdk",
            r -> category(r).put("code", "net-mkd"),
            "okand-kod",
            "Procedure.category",
            EVERY_NET),
        net(
            "basedOn leads nowhere",
            "Procedure/mdk",
            r -> ((ObjectNode) r.path("basedOn").get(0)).put("reference", "ServiceRequest/x"),
            "referens-saknas",
            "Procedure.basedOn",
            T1_NET),
        net(
            "operation written before it was done",
            "Procedure/op",
            r -> r.putObject("meta").put("lastUpdated", "2024-03-11T08:00:00Z"),
            "datum-efter-andring",
            "Procedure.performed.start",
            OP_NET),
        net(
            "operation ends before it starts",
            "Procedure/op",
            r -> ((ObjectNode) r.get("performedPeriod")).put("end", "2024-03-11"),
            "slut-fore-start",
            "Procedure.performed.end",
            OP_NET),
        net(
            "operation still in preparation",
            "Procedure/op",
            r -> r.put("status", "preparation"),
            "status-raknas-inte",
            "Procedure.status",
            OP_NET),
        net(
            "operation on a valve with the code of another",
            "Procedure/op",
            r -> category(r).put("code", "klaffkirurgi"),
            "kod-osannolik",
            "Procedure.code",
            ""),
        net(
            "MDK with a diagnosis of another group",
            "Procedure/mdk",
            r -> ((ObjectNode) r.at("/reasonCode/1/coding/0")).put("code", "M340"),
            "kod-osannolik",
            "Procedure.reasonCode",
            STRATA_NET),
        planted(
            "operation not marked as under the permit",
            chart -> {
              ObjectNode op = chart.resource("Procedure/op");
              op.remove("category");
              op.set("reasonCode", chart.resource("Procedure/mdk").get("reasonCode"));
            },
            "atgard-saknas",
            "Procedure/op",
            "Procedure.category",
            EVERY_NET),
        planted(
            "the same operation twice",
            chart -> {
              ObjectNode copy = chart.resource("Procedure/op").deepCopy();
              chart.put(copy.put("id", "op2").toString());
            },
            "dubblett",
            "Procedure/op2",
            "Procedure",
            OP_NET));
  }

  private static Stream<Planted> ofStay() {
    return Stream.of(
        net(
            "stay without a discharge",
            "Encounter/vard",
            r -> ((ObjectNode) r.get("period")).remove("end"),
            "datum-saknas",
            "Encounter.period.end",
            R1_NET + " NETO1-1.0.0"),
        net(
            "stay ends before it starts",
            "Encounter/vard",
            r -> ((ObjectNode) r.get("period")).put("end", "2024-03-10"),
            "slut-fore-start",
            "Encounter.period.end",
            R1_NET + " NETO1-1.0.0"),
        net(
            "stay never closed",
            "Encounter/vard",
            PlantedErrorsTest::leaveOpen,
            "vardtillfalle-ej-avslutat",
            "Encounter.status",
            R1_NET + " NETO1-1.0.0"),
        net(
            "operation without a stay",
            "Procedure/op",
            r -> r.remove("encounter"),
            "vardtillfalle-saknas",
            "Procedure.encounter",
            R1_NET + " NETO1-1.0.0"),
        planted(
            "operation outside its stay",
            chart ->
                ((ObjectNode) chart.resource("Encounter/vard").get("period"))
                    .put("start", "2024-03-13"),
            "utanfor-vardtillfallet",
            "Procedure/op",
            "Procedure.encounter",
            R1_NET + " NETO1-1.0.0"));
  }

  private static Stream<Planted> ofAnswers() {
    return Stream.of(
        bbc("concentration in another unit", r -> quantity(r).put("code", "umol/L"), "enhet-annan"),
        bbc("concentration is a bound", r -> quantity(r).put("comparator", "<"), "varde-ar-grans"),
        bbc("concentration without a number", r -> quantity(r).remove("value"), "varde-saknas"),
        new Planted(
            "margin of no operation",
            PlantedChart::abk,
            chart -> {
              ObjectNode copy = chart.resource("Observation/margin").deepCopy();
              copy.remove("partOf");
              chart.put(copy.put("id", "untied").toString());
            },
            "referens-utelamnad",
            "Observation/untied",
            "Observation.partOf",
            R2_ABK),
        abk(
            "margin that answers another question",
            "Observation/margin",
            r -> r.set("valueCodeableConcept", PlantedChart.read("{'coding':[#svar|kurativ#]}")),
            "varde-saknas",
            "Observation.value",
            R2_ABK),
        new Planted(
            "intention not written down",
            PlantedChart::abk,
            chart -> chart.remove("Observation/intention"),
            "uppgift-saknas",
            "Procedure/op",
            "Observation[behandlingsintention]",
            R2_ABK));
  }

  private static Stream<Planted> ofOthers() {
    return Stream.of(
        net(
            "answer of an unknown questionnaire",
            "QuestionnaireResponse/svar",
            r -> r.remove("basedOn"),
            "referens-utelamnad",
            "QuestionnaireResponse.basedOn",
            P1_NET),
        net(
            "plan made before birth",
            "CarePlan/plan",
            r -> r.put("created", "1924-03-15"),
            "datum-fore-fodelse",
            "CarePlan.created",
            O1_NET),
        net(
            "questionnaire sent on no day",
            "ServiceRequest/prem",
            r -> r.remove("authoredOn"),
            "datum-saknas",
            "ServiceRequest.authoredOn",
            P1_NET),
        abk(
            "epikris sent on no day",
            "Communication/sent",
            r -> r.remove("sent"),
            "datum-saknas",
            "Communication.sent",
            "ABKO1-1.0.0"),
        abk(
            "epikris of no stay",
            "DocumentReference/epikris",
            r -> r.remove("context"),
            "referens-utelamnad",
            "DocumentReference.context.encounter",
            "ABKO1-1.0.0"));
  }

  @Test
  void aResourceWhosePatientIsNotThereIsADanglingReference() {
    PlantedChart chart = PlantedChart.net();
    chart.orphan("Procedure", "lost", "{'resourceType':'Procedure','id':'lost'}");
    assertThat(CHECK.check(chart, TODAY))
        .extracting(Fact::rule, Fact::resource, Fact::element, Fact::patientId)
        .containsExactly(tuple("referens-saknas", "Procedure/lost", "Procedure.subject", null));
  }

  private static Planted net(
      String name,
      String resource,
      Consumer<ObjectNode> fault,
      String rule,
      String element,
      String measures) {
    return planted(
        name, chart -> fault.accept(chart.resource(resource)), rule, resource, element, measures);
  }

  private static Planted abk(
      String name,
      String resource,
      Consumer<ObjectNode> fault,
      String rule,
      String element,
      String measures) {
    return new Planted(
        name,
        PlantedChart::abk,
        chart -> fault.accept(chart.resource(resource)),
        rule,
        resource,
        element,
        measures);
  }

  private static Planted bbc(String name, Consumer<ObjectNode> fault, String rule) {
    return new Planted(
        name,
        PlantedChart::bbc,
        chart -> fault.accept(chart.resource("Observation/mitotan")),
        rule,
        "Observation/mitotan",
        "Observation.value",
        "BBCE1-0.1.0");
  }

  private static Planted planted(
      String name,
      Consumer<PlantedChart> fault,
      String rule,
      String resource,
      String element,
      String measures) {
    return new Planted(name, PlantedChart::net, fault, rule, resource, element, measures);
  }

  private static ObjectNode address(ObjectNode patient) {
    return (ObjectNode) patient.at("/address/0");
  }

  private static ArrayNode extensions(ObjectNode referral) {
    return (ArrayNode) referral.get("extension");
  }

  private static ObjectNode category(ObjectNode procedure) {
    return (ObjectNode) procedure.at("/category/coding/0");
  }

  private static ObjectNode quantity(ObjectNode observation) {
    return (ObjectNode) observation.get("valueQuantity");
  }

  private static void leaveOpen(ObjectNode stay) {
    stay.put("status", "in-progress");
    ((ObjectNode) stay.get("period")).remove("end");
  }

  /** With a number that Skatteverket keeps for tests. */
  private static void identify(ObjectNode patient, String number, String birth) {
    patient.put("birthDate", birth);
    patient
        .putArray("identifier")
        .addObject()
        .put("system", "http://electronichealth.se/identifier/personnummer")
        .put("value", number);
  }

  private static PlantedChart identified() {
    PlantedChart chart = PlantedChart.net();
    identify(chart.resource("Patient/p"), "198507099805", "1985-07-09");
    return chart;
  }

  private static void addTwin(PlantedChart chart) {
    chart.other(chart.resource("Patient/p").deepCopy().put("id", "q").toString());
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
