package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Type;
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

  /** Writes the Patient. */
  static void write(Chart chart, String number, LocalDate birth, @Nullable LocalDate death) {
    Patient patient = new Patient();
    AdministrativeGender gender = gender(chart.chance);
    patient.addIdentifier().setSystem(IDENTIFIER).setValue(number);
    patient.setActive(true).setGender(gender).addName(name(chart.chance, gender));
    if (!chart.omits(chart.omissions().birthDate())) {
      patient.setBirthDateElement(new DateType(birth.toString()));
    }
    if (death != null) {
      patient.setDeceased(deceased(chart, death));
    }
    Residence.write(chart, patient);
    chart.addPatient(patient);
  }

  /** The day of death; now and then only its month, or only that the patient is dead. */
  private static Type deceased(Chart chart, LocalDate death) {
    if (!chart.omits(chart.omissions().deathDate())) {
      return WrittenDates.day(death);
    }
    return chart.chance.happens(0.5)
        ? new BooleanType(true)
        : new DateTimeType(death.toString().substring(0, 7));
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
