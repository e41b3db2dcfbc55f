package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Places in resources where faults are planted. */
final class PlantedData {

  private PlantedData() {}

  static ObjectNode address(ObjectNode patient) {
    return (ObjectNode) patient.at("/address/0");
  }

  static ArrayNode extensions(ObjectNode referral) {
    return (ArrayNode) referral.get("extension");
  }

  static ObjectNode category(ObjectNode procedure) {
    return (ObjectNode) procedure.at("/category/coding/0");
  }

  static ObjectNode quantity(ObjectNode observation) {
    return (ObjectNode) observation.get("valueQuantity");
  }

  static void leaveOpen(ObjectNode stay) {
    stay.put("status", "in-progress");
    ((ObjectNode) stay.get("period")).remove("end");
  }

  /** With a number that Skatteverket keeps for tests. */
  static void identify(ObjectNode patient, String number, String birth) {
    patient.put("birthDate", birth);
    patient
        .putArray("identifier")
        .addObject()
        .put("system", "http://electronichealth.se/identifier/personnummer")
        .put("value", number);
  }

  static PlantedChart identified() {
    PlantedChart chart = PlantedChart.net();
    identify(chart.resource("Patient/p"), "198507099805", "1985-07-09");
    return chart;
  }

  static void addTwin(PlantedChart chart) {
    chart.other(chart.resource("Patient/p").deepCopy().put("id", "q").toString());
  }
}
