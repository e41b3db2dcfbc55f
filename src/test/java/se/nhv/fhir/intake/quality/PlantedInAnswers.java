package se.nhv.fhir.intake.quality;

import static se.nhv.fhir.intake.quality.Planted.O1_NET;
import static se.nhv.fhir.intake.quality.Planted.P1_NET;
import static se.nhv.fhir.intake.quality.Planted.R2_ABK;
import static se.nhv.fhir.intake.quality.Planted.abk;
import static se.nhv.fhir.intake.quality.Planted.bbc;
import static se.nhv.fhir.intake.quality.Planted.net;
import static se.nhv.fhir.intake.quality.PlantedData.quantity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Faults in observations, questionnaires, plans and letters. */
final class PlantedInAnswers {

  static final List<Planted> OF_ANSWERS =
      List.of(
          bbc(
              "concentration in another unit",
              r -> quantity(r).put("code", "umol/L"),
              "enhet-annan"),
          bbc(
              "concentration is a bound",
              r -> quantity(r).put("comparator", "<"),
              "varde-ar-grans"),
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

  static final List<Planted> OF_OTHERS =
      List.of(
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

  private PlantedInAnswers() {}
}
