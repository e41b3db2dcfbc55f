package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Supplier;

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

  static final String AGE_NET = "NETB2-1.0.0 NETB2-2.0.0";
  static final String STRATA_NET = "NETB1-1.0.0 NETB1-2.0.0";
  static final String T1_NET = "NETT1-1.0.0 NETT1-2.0.0";
  static final String MDK_NET = STRATA_NET + " " + AGE_NET + " " + T1_NET;
  static final String P1_NET = "NETP1-1.0.0 NETP1-2.0.0";
  static final String O1_NET = "NETO1-1.0.0 NETO1-2.0.0";
  static final String R1_NET = "NETR1-1.0.0 NETR1-2.0.0";
  static final String OP_NET = "NETB3-1.0.0 NETB3-2.0.0 " + R1_NET + " " + P1_NET + " " + O1_NET;
  static final String EVERY_NET = MDK_NET + " " + OP_NET;
  static final String R2_ABK = "ABKR2-1.0.0";
  static final String REGISTERED = "ServiceRequest.extension('remiss-registrerad').value";

  static Planted net(
      String name,
      String resource,
      Consumer<ObjectNode> fault,
      String rule,
      String element,
      String measures) {
    return planted(
        name, chart -> fault.accept(chart.resource(resource)), rule, resource, element, measures);
  }

  static Planted abk(
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

  static Planted bbc(String name, Consumer<ObjectNode> fault, String rule) {
    return new Planted(
        name,
        PlantedChart::bbc,
        chart -> fault.accept(chart.resource("Observation/mitotan")),
        rule,
        "Observation/mitotan",
        "Observation.value",
        "BBCE1-0.1.0");
  }

  static Planted planted(
      String name,
      Consumer<PlantedChart> fault,
      String rule,
      String resource,
      String element,
      String measures) {
    return new Planted(name, PlantedChart::net, fault, rule, resource, element, measures);
  }
}
