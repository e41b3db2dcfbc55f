package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** The Patient has a gender, a dated death, a possible county and a right personal number. */
final class WhoThePatientIs implements Rule {

  static final String NO_GENDER = "kon-saknas";
  static final String UNDATED_DEATH = "avliden-utan-datum";
  static final String UNKNOWN_COUNTY = "lan-okand";
  static final String NO_COUNTY = "lan-saknas";
  static final String WRONG_NUMBER = "personnummer-felaktigt";
  static final String OTHER_BIRTH = "fodelsedatum-avviker";

  private static final Set<String> SWEDEN = Set.of("", "SE", "SWE", "Sverige", "Sweden");
  private static final String ADDRESS_KIND =
      "http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseAddressPersonExtension";
  private static final String ABROAD = "63401000052101";

  private final Vocabulary vocabulary;
  private final PersonNumbers numbers;

  WhoThePatientIs(Vocabulary vocabulary, PersonNumbers numbers) {
    this.vocabulary = vocabulary;
    this.numbers = numbers;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    chart.patient().ifPresent(it -> check(chart, it, findings));
  }

  private void check(Chart chart, ChartResource patient, Findings findings) {
    if (patient.at("gender").asText("").isEmpty()) {
      findings.add(NO_GENDER, patient, "Patient.gender");
    }
    if (patient.at("deceasedBoolean").asBoolean()) {
      findings.add(UNDATED_DEATH, patient, "Patient.deceased");
    }
    patient.at("address").forEach(it -> county(patient, it, findings));
    for (JsonNode identifier : patient.at("identifier")) {
      String system = identifier.path("system").asText("");
      if (PersonNumbers.SYSTEMS.contains(system)) {
        number(chart, patient, identifier.path("value").asText(""), findings);
      }
    }
  }

  private void county(ChartResource patient, JsonNode address, Findings findings) {
    String use = address.path("use").asText("home");
    boolean inSweden = SWEDEN.contains(address.path("country").asText("")) && !isAbroad(address);
    if (!use.equals("home") || !inSweden) {
      return;
    }
    String state = address.path("state").asText("");
    if (state.isEmpty()) {
      findings.add(NO_COUNTY, patient, "Patient.address.state");
    } else if (!vocabulary.isCounty(state)) {
      findings.add(UNKNOWN_COUNTY, patient, "Patient.address.state");
    }
  }

  private static boolean isAbroad(JsonNode address) {
    for (JsonNode extension : address.path("extension")) {
      if (extension.path("url").asText().equals(ADDRESS_KIND)
          && (extension.path("valueCoding").path("code").asText().equals(ABROAD)
              || ChartResource.codings(extension.path("valueCodeableConcept")).stream()
                  .anyMatch(it -> it.code().equals(ABROAD)))) {
        return true;
      }
    }
    return false;
  }

  private void number(Chart chart, ChartResource patient, String value, Findings findings) {
    Optional<LocalDate> born = numbers.birth(value);
    if (born.isEmpty()) {
      findings.add(WRONG_NUMBER, patient, "Patient.identifier");
    } else if (chart.birth().isPresent() && !chart.birth().equals(born)) {
      findings.add(OTHER_BIRTH, patient, "Patient.birthDate");
    }
  }
}
