package se.nhv.fhir.intake.quality;

import static se.nhv.fhir.intake.quality.Planted.EVERY_NET;
import static se.nhv.fhir.intake.quality.Planted.MDK_NET;
import static se.nhv.fhir.intake.quality.Planted.OP_NET;
import static se.nhv.fhir.intake.quality.Planted.R1_NET;
import static se.nhv.fhir.intake.quality.Planted.STRATA_NET;
import static se.nhv.fhir.intake.quality.Planted.T1_NET;
import static se.nhv.fhir.intake.quality.Planted.net;
import static se.nhv.fhir.intake.quality.Planted.planted;
import static se.nhv.fhir.intake.quality.PlantedData.category;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Faults in procedures, stays and what is written of them. */
final class PlantedInCare {

  static final List<Planted> OF_PROCEDURE =
      List.of(
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

  static final List<Planted> OF_STAY =
      List.of(
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
              PlantedData::leaveOpen,
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

  private PlantedInCare() {}
}
