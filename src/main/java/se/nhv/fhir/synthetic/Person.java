package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;

/**
 * Who the patient is. Families are named Testsson and the like. No personnummer, samordningsnummer
 * or reservnummer is written: Skatteverket keeps test numbers as a list of some 44,000, not as a
 * rule that numbers could be made by, and a number made in any other way might one day belong to
 * someone. The identifier is instead of a system of our own, which no person has.
 */
final class Person {

  /** The system of a synthetic patient's identifier. */
  static final String IDENTIFIER = Canonicals.identifier("syntetisk-patient");

  private static final List<String> FAMILIES =
      List.of("Testsson", "Testberg", "Testlund", "Testström", "Testgren", "Testqvist");
  private static final List<String> WOMEN = List.of("Ada", "Åsa", "Ebba", "Karin", "Siv", "Öda");
  private static final List<String> MEN = List.of("Alf", "Åke", "Erik", "Göran", "Nils", "Örjan");

  private Person() {}

  /** The day of birth of someone who is referred on that day, an adult. */
  static LocalDate birth(Chance chance, LocalDate referred) {
    return referred.minusYears(chance.around(63, 13, 18, 91)).minusDays(chance.between(0, 364));
  }

  /** The day of death of someone referred on that day; null for most, who live on. */
  static @Nullable LocalDate death(Chance chance, LocalDate referred, LocalDate extracted) {
    if (!chance.happens(0.25)) {
      return null;
    }
    LocalDate death = referred.plusDays(chance.between(20, 1_800));
    return death.isAfter(extracted) ? null : death;
  }

  /** Writes the Patient. */
  static void write(Chart chart, String number, LocalDate birth, @Nullable LocalDate death) {
    Patient patient = new Patient();
    AdministrativeGender gender = gender(chart.chance);
    patient.addIdentifier().setSystem(IDENTIFIER).setValue(number);
    patient.setActive(true).setGender(gender).addName(name(chart.chance, gender));
    patient.setBirthDateElement(new DateType(birth.toString()));
    if (death != null) {
      patient.setDeceased(WrittenDates.day(death));
    }
    Residence.write(chart, patient);
    chart.addPatient(patient);
  }

  private static HumanName name(Chance chance, AdministrativeGender gender) {
    List<String> given = gender == AdministrativeGender.MALE ? MEN : WOMEN;
    return new HumanName()
        .setUse(HumanName.NameUse.OFFICIAL)
        .setFamily(chance.oneOf(FAMILIES))
        .addGiven(chance.oneOf(given));
  }

  private static AdministrativeGender gender(Chance chance) {
    if (chance.happens(0.004)) {
      return AdministrativeGender.UNKNOWN;
    }
    return chance.happens(0.49) ? AdministrativeGender.FEMALE : AdministrativeGender.MALE;
  }
}
