package se.nhv.fhir.intake.quality;

import static se.nhv.fhir.intake.quality.Planted.AGE_NET;
import static se.nhv.fhir.intake.quality.Planted.P1_NET;
import static se.nhv.fhir.intake.quality.Planted.REGISTERED;
import static se.nhv.fhir.intake.quality.Planted.STRATA_NET;
import static se.nhv.fhir.intake.quality.Planted.T1_NET;
import static se.nhv.fhir.intake.quality.Planted.net;
import static se.nhv.fhir.intake.quality.Planted.planted;
import static se.nhv.fhir.intake.quality.PlantedData.address;
import static se.nhv.fhir.intake.quality.PlantedData.extensions;
import static se.nhv.fhir.intake.quality.PlantedData.identify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Faults in Patients and referrals. */
final class PlantedInPersons {

  static final List<Planted> OF_PATIENT =
      List.of(
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
              PlantedData::identified,
              PlantedData::addTwin,
              "dubbel-patient",
              "Patient/q",
              "Patient",
              ""));

  static final List<Planted> OF_REFERRAL =
      List.of(
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

  private PlantedInPersons() {}
}
