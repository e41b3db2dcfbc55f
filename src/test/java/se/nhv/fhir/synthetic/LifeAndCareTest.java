package se.nhv.fhir.synthetic;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Dates that a life and its care can have. */
class LifeAndCareTest {

  private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");
  private static final LocalDate EXTRACTED = CareYears.NET_2022_TO_2025.extracted();
  private static final List<ReadBack> PATIENTS = ReadBack.all();

  @Test
  void careIsAfterTheEighteenthBirthdayAndNeverAfterDeath() {
    for (ReadBack each : PATIENTS) {
      Patient patient = each.stream(Patient.class).findFirst().orElseThrow();
      if (patient.hasBirthDate()) {
        LocalDate adult =
            LocalDate.parse(patient.getBirthDateElement().asStringValue()).plusYears(18);
        assertThat(days(each)).allSatisfy(day -> assertThat(day).isAfterOrEqualTo(adult));
      }
      if (patient.hasDeceasedDateTimeType()) {
        LocalDate death = lastPossible(patient.getDeceasedDateTimeType());
        assertThat(death.withDayOfMonth(1)).isBeforeOrEqualTo(EXTRACTED);
        assertThat(days(each)).allSatisfy(day -> assertThat(day).isBeforeOrEqualTo(death));
      }
    }
    assertThat(PATIENTS.stream().flatMap(p -> p.stream(Patient.class)).filter(p -> p.hasDeceased()))
        .hasSizeBetween(PATIENTS.size() / 20, PATIENTS.size() / 4);
  }

  @Test
  void nothingIsDatedAfterTheExtractionSaveWhatIsPlanned() {
    for (ReadBack each : PATIENTS) {
      assertThat(days(each)).allSatisfy(day -> assertThat(day).isBeforeOrEqualTo(EXTRACTED));
    }
  }

  @Test
  void anOperationIsWithinItsStay() {
    for (ReadBack each : ReadBack.faultless()) {
      each.stream(Procedure.class)
          .filter(p -> p.hasEncounter() && isToTheDay(start(p)))
          .forEach(p -> assertThat(isWithin(civil(start(p)), stay(each, p))).isTrue());
    }
  }

  @Test
  void staysEndAfterTheyBeginAndSomeLieOverNewYearOrAreStillOpen() {
    List<Encounter> stays =
        PATIENTS.stream()
            .flatMap(p -> p.stream(Encounter.class))
            .filter(e -> !e.getIdPart().contains("besok"))
            .toList();
    assertThat(stays)
        .filteredOn(e -> e.getStatus() == EncounterStatus.FINISHED)
        .allSatisfy(
            e ->
                assertThat(civil(e.getPeriod().getEndElement()))
                    .isAfterOrEqualTo(civil(e.getPeriod().getStartElement())))
        .anySatisfy(
            e ->
                assertThat(civil(e.getPeriod().getEndElement()).getYear())
                    .isGreaterThan(civil(e.getPeriod().getStartElement()).getYear()));
    assertThat(stays).anySatisfy(e -> assertThat(e.getPeriod().hasEnd()).isFalse());
  }

  @Test
  void aSeriesIsTwoToFourAdministrationsSixToEightWeeksApart() {
    for (ReadBack each : PATIENTS) {
      each.stream(Procedure.class)
          .filter(p -> !p.hasCategory() && p.getStatus() == Procedure.ProcedureStatus.COMPLETED)
          .forEach(
              series -> {
                List<LocalDate> days = administrations(each, series);
                for (int i = 1; i < days.size(); i++) {
                  // the next weekday may be two days later
                  assertThat(DAYS.between(days.get(i - 1), days.get(i))).isBetween(42L, 58L);
                }
              });
    }
  }

  @Test
  void datesAreWrittenInAllTheWaysThatHospitalsWriteThem() {
    List<String> written =
        PATIENTS.stream()
            .flatMap(LifeAndCareTest::dateTimes)
            .map(BaseDateTimeType::asStringValue)
            .toList();
    assertThat(written)
        .anyMatch(date -> date.endsWith("+01:00"))
        .anyMatch(date -> date.endsWith("+02:00"))
        .anyMatch(date -> date.endsWith("Z"))
        .anyMatch(date -> date.length() == 10)
        .anyMatch(date -> date.length() == 7);
  }

  /** The days of the administrations in the series; empty if one is not written to the day. */
  private static List<LocalDate> administrations(ReadBack patient, Procedure series) {
    List<DateTimeType> starts =
        patient.stream(Procedure.class)
            .filter(
                p ->
                    p.getPartOf().stream()
                        .anyMatch(r -> r.getReference().endsWith("/" + series.getIdPart())))
            .map(LifeAndCareTest::start)
            .toList();
    assertThat(starts).hasSizeBetween(2, 4);
    return starts.stream().allMatch(LifeAndCareTest::isToTheDay)
        ? starts.stream().map(LifeAndCareTest::civil).toList()
        : List.of();
  }

  private static boolean isWithin(LocalDate day, Encounter stay) {
    Period period = stay.getPeriod();
    return !day.isBefore(civil(period.getStartElement()))
        && !(period.hasEnd() && day.isAfter(civil(period.getEndElement())));
  }

  private static Encounter stay(ReadBack patient, Procedure procedure) {
    return patient.stream(Encounter.class)
        .filter(e -> procedure.getEncounter().getReference().endsWith("/" + e.getIdPart()))
        .findFirst()
        .orElseThrow();
  }

  private static DateTimeType start(Procedure procedure) {
    return procedure.hasPerformedDateTimeType()
        ? procedure.getPerformedDateTimeType()
        : procedure.getPerformedPeriod().getStartElement();
  }

  /** Every day that the care names, without addresses, planned visits and months alone. */
  private static List<LocalDate> days(ReadBack patient) {
    return dateTimes(patient)
        .filter(LifeAndCareTest::isToTheDay)
        .map(LifeAndCareTest::civil)
        .toList();
  }

  private static Stream<BaseDateTimeType> dateTimes(ReadBack patient) {
    return patient.resources().stream()
        .filter(r -> !(r instanceof Patient) && !isPlanned(r))
        .flatMap(
            r ->
                FhirContext.forR4Cached()
                    .newTerser()
                    .getAllPopulatedChildElementsOfType(r, BaseDateTimeType.class)
                    .stream());
  }

  private static boolean isPlanned(Resource resource) {
    return resource instanceof Encounter encounter
        && encounter.getStatus() == EncounterStatus.PLANNED;
  }

  /** That day, or the last of that month. */
  private static LocalDate lastPossible(DateTimeType date) {
    return isToTheDay(date)
        ? LocalDate.parse(date.asStringValue())
        : YearMonth.parse(date.asStringValue()).atEndOfMonth();
  }

  private static boolean isToTheDay(BaseDateTimeType date) {
    return date.asStringValue().length() >= 10;
  }

  private static LocalDate civil(BaseDateTimeType date) {
    String text = date.asStringValue();
    return text.length() == 10
        ? LocalDate.parse(text)
        : OffsetDateTime.parse(text).atZoneSameInstant(SWEDEN).toLocalDate();
  }
}
