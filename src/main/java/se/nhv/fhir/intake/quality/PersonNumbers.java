package se.nhv.fhir.intake.quality;

import dev.personnummer.Options;
import dev.personnummer.Personnummer;
import dev.personnummer.PersonnummerException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** Judges personnummer and samordningsnummer. */
@FunctionalInterface
interface PersonNumbers {

  /** Skatteverket's numbers, as SEBasePatient names their systems. */
  Set<String> SYSTEMS =
      Set.of(
          "http://electronichealth.se/identifier/personnummer",
          "http://electronichealth.se/identifier/samordningsnummer");

  /** A health care provider's own number, by which a person is also known as one. */
  String RESERVE = "http://electronichealth.se/identifier/nationelltReservnummer";

  /**
   * The date of birth that the number says; empty if it does not have twelve digits, a possible day
   * and the right check digit.
   */
  Optional<LocalDate> birth(String number);

  /** By the library of personnummer.dev. */
  static PersonNumbers checked() {
    return PersonNumbers::read;
  }

  private static Optional<LocalDate> read(String number) {
    if (!number.matches("[0-9]{12}")) {
      return Optional.empty();
    }
    try {
      Personnummer read = Personnummer.parse(number, new Options(true));
      int year = Integer.parseInt(read.getFullYear());
      int day = Integer.parseInt(number.substring(6, 8));
      int born = day > 60 ? day - 60 : day; // a samordningsnummer adds 60
      return Optional.of(LocalDate.of(year, Integer.parseInt(read.getMonth()), born));
    } catch (PersonnummerException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
