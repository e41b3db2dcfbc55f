package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;

/**
 * Where the patient lives: folkbokföring in one of the 21 counties, at times a move or a second
 * address, a few abroad, a few whose identity is protected. Places and postal codes do not exist.
 */
final class Residence {

  private static final String ADDRESS_TYPE =
      "http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseAddressPersonExtension";
  private static final String REGISTERED = "63381000052101";
  private static final String ABROAD = "63401000052101";
  private static final String STATED = "63411000052104";

  private static final List<String> COUNTIES =
      List.of(
          "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19",
          "20", "21", "22", "23", "24", "25");

  private Residence() {}

  /** Writes the addresses and marks a protected identity. */
  static void write(Chart chart, Patient patient) {
    Chance chance = chart.chance;
    if (chance.happens(0.004)) {
      protect(patient, "skyddadFolkbokforing");
      return;
    }
    if (chance.happens(0.006)) {
      protect(patient, "sekretessmarkering");
    }
    if (chance.happens(0.012)) {
      patient.addAddress(abroad(chance));
      return;
    }
    if (chance.happens(0.08)) {
      moved(chance, patient, chart.home());
    } else {
      patient.addAddress(atHome(chance, chart.home()));
    }
    if (chance.happens(0.04)) {
      patient.addAddress(marked(address(chance, chance.oneOf(COUNTIES)), STATED));
    }
  }

  /** A county: the unit's own for nearly half, else any. */
  static String county(Chance chance, String nearest) {
    return chance.happens(0.45) ? nearest : chance.oneOf(COUNTIES);
  }

  private static void moved(Chance chance, Patient patient, String county) {
    LocalDate move = chance.dayBetween(LocalDate.of(2022, 1, 1), LocalDate.of(2025, 12, 31));
    Address before = marked(address(chance, county), REGISTERED);
    before.setUse(AddressUse.OLD).setPeriod(until(move.minusDays(1)));
    Address after = marked(address(chance, chance.oneOf(COUNTIES)), REGISTERED);
    after.setUse(AddressUse.HOME).getPeriod().setStartElement(WrittenDates.day(move));
    patient.addAddress(before).addAddress(after);
  }

  /** The registered address; older systems do not mark it as such. */
  private static Address atHome(Chance chance, String county) {
    Address home = address(chance, county).setUse(AddressUse.HOME);
    return chance.happens(0.1) ? home : marked(home, REGISTERED);
  }

  private static Address abroad(Chance chance) {
    Address address = address(chance, "");
    address.setUse(AddressUse.HOME).setCountry(chance.oneOf(List.of("NO", "FI", "DE", "IS")));
    address.setStateElement(null);
    return marked(address, ABROAD);
  }

  private static Address address(Chance chance, String county) {
    return new Address()
        .addLine("Testgatan " + chance.between(1, 99))
        .setPostalCode("00000")
        .setCity("Provköping")
        .setState(county)
        .setCountry("SE");
  }

  private static Address marked(Address address, String type) {
    address.addExtension(ADDRESS_TYPE, Terminology.coded(Terminology.SNOMED_CT, type));
    return address;
  }

  private static Period until(LocalDate end) {
    Period period = new Period();
    period.setEndElement(WrittenDates.day(end));
    return period;
  }

  private static void protect(Patient patient, String label) {
    patient
        .getMeta()
        .addSecurity(new Coding().setSystem(Terminology.SECURITY_LABEL).setCode(label));
  }
}
