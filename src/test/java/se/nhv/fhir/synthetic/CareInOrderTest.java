package se.nhv.fhir.synthetic;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Canonicals;

/** In data without faults, what comes first in the care is dated first. */
class CareInOrderTest {

  private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");
  private static final List<ReadBack> PATIENTS = ReadBack.faultless();

  @Test
  void aReferralIsRegisteredAndAcceptedBeforeItsConference() {
    assertThat(referrals("abk-mdk", "remiss-godkand")).isNotEmpty().allMatch(days -> days >= 0);
    assertThat(referrals("sct-mdk", "remiss-registrerad")).isNotEmpty().allMatch(days -> days >= 5);
    assertThat(referrals("bbc-mdk", "remiss-registrerad")).isNotEmpty().allMatch(days -> days >= 5);
  }

  @Test
  void stemCellsAreMobilisedAfterTheOfferAndBeforeTheyAreGivenBack() {
    assertThat(with("sct-aterforing"))
        .isNotEmpty()
        .allSatisfy(
            patient -> {
              LocalDate givenBack = first(patient, "sct-aterforing");
              LocalDate mobilised = first(patient, "sct-mobilisering");
              assertThat(DAYS.between(mobilised, givenBack)).isBetween(14L, 70L);
              assertThat(patient.observations("sct-beslut"))
                  .filteredOn(o -> isAnswered(o, "erbjuden"))
                  .anyMatch(o -> !day(o).isAfter(mobilised));
            });
  }

  @Test
  void aReoperationIsAfterTheFirstOperationAndMostButNotAllWithinNinetyDays() {
    List<Long> days =
        with("abk-reoperation").stream()
            .map(p -> DAYS.between(first(p, "abk-primaroperation"), first(p, "abk-reoperation")))
            .toList();
    assertThat(days).allMatch(each -> each >= 1).anyMatch(each -> each > 90);
    assertThat(days.stream().filter(each -> each <= 90).count()).isGreaterThan(days.size() / 2);
  }

  @Test
  void theMarginsAreAnsweredAfterTheOperationThatTheyArePartOf() {
    for (ReadBack patient : PATIENTS) {
      assertThat(patient.observations("resektionsstatus"))
          .allSatisfy(
              answer -> {
                Procedure session = procedure(patient, answer.getPartOfFirstRep().getReference());
                assertThat(session.getCategory().getCodingFirstRep().getCode())
                    .isIn("abk-primaroperation", "bbc-kirurgi");
                assertThat(day(answer)).isAfter(day(start(session)));
              });
    }
  }

  @Test
  void theIntentionIsStatedBeforeTheOperation() {
    for (String atgard : List.of("abk-primaroperation", "bbc-kirurgi")) {
      assertThat(with(atgard))
          .allSatisfy(
              patient ->
                  assertThat(patient.observations("behandlingsintention"))
                      .anyMatch(o -> day(o).isBefore(first(patient, atgard))));
    }
  }

  @Test
  void aDischargeSummaryIsWrittenAfterTheStayAndNotSentBeforeThat() {
    for (ReadBack patient : PATIENTS) {
      for (DocumentReference summary : patient.stream(DocumentReference.class).toList()) {
        String stay = summary.getContext().getEncounterFirstRep().getReference();
        LocalDate written = day(summary.getDateElement());
        assertThat(written).isAfterOrEqualTo(discharge(patient, stay));
        assertThat(patient.stream(Communication.class))
            .filteredOn(sending -> sending.getEncounter().getReference().equals(stay))
            .allMatch(sending -> !day(sending.getSentElement()).isBefore(written));
      }
    }
  }

  @Test
  void onlyTheDeadHaveDiedOfATransplantationAndSomeOfSomethingElse() {
    List<ReadBack> explained =
        ReadBack.all().stream()
            .filter(p -> p.observations("transplantationsrelaterad-dod").findAny().isPresent())
            .toList();
    assertThat(explained).allMatch(CareInOrderTest::isDead);
    assertThat(explained.stream().flatMap(p -> p.observations("transplantationsrelaterad-dod")))
        .extracting(o -> o.getValueBooleanType().booleanValue())
        .contains(true, false);
  }

  @Test
  void mitotaneIsMeasuredAYearAfterItsStartInSome() {
    Predicate<ReadBack> measured =
        patient ->
            patient
                .observations("p-mitotan")
                .map(o -> DAYS.between(first(patient, "bbc-onkologisk-behandling"), day(o)))
                .anyMatch(days -> days >= 305 && days <= 425);
    assertThat(with("bbc-onkologisk-behandling")).anyMatch(measured).anyMatch(measured.negate());
  }

  /** Days from that day of a referral to the conference that is based on it. */
  private static List<Long> referrals(String mdk, String what) {
    return PATIENTS.stream()
        .flatMap(
            patient ->
                patient
                    .procedures(mdk)
                    .filter(Procedure::hasBasedOn)
                    .map(p -> DAYS.between(stamp(patient, p, what), day(start(p)))))
        .toList();
  }

  private static LocalDate stamp(ReadBack patient, Procedure conference, String what) {
    String referral = conference.getBasedOnFirstRep().getReference();
    return patient.stream(ServiceRequest.class)
        .filter(request -> referral.equals("ServiceRequest/" + request.getIdPart()))
        .map(r -> r.getExtensionByUrl(Canonicals.structureDefinition(what)).getValue())
        .map(value -> day((DateTimeType) value))
        .findFirst()
        .orElseThrow();
  }

  private static List<ReadBack> with(String atgard) {
    return PATIENTS.stream()
        .filter(patient -> done(patient, atgard).findAny().isPresent())
        .toList();
  }

  private static LocalDate first(ReadBack patient, String atgard) {
    return done(patient, atgard)
        .map(procedure -> day(start(procedure)))
        .min(LocalDate::compareTo)
        .orElseThrow();
  }

  private static Stream<Procedure> done(ReadBack patient, String atgard) {
    return patient.procedures(atgard).filter(p -> p.getStatus() == ProcedureStatus.COMPLETED);
  }

  private static Procedure procedure(ReadBack patient, String reference) {
    return patient.stream(Procedure.class)
        .filter(each -> reference.equals("Procedure/" + each.getIdPart()))
        .findFirst()
        .orElseThrow();
  }

  private static LocalDate discharge(ReadBack patient, String stay) {
    return patient.stream(Encounter.class)
        .filter(encounter -> stay.equals("Encounter/" + encounter.getIdPart()))
        .map(encounter -> day(encounter.getPeriod().getEndElement()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isDead(ReadBack patient) {
    return patient.stream(Patient.class).allMatch(p -> p.hasDeceased());
  }

  private static boolean isAnswered(Observation observation, String svar) {
    return observation.getValueCodeableConcept().hasCoding(Canonicals.codeSystem("svar"), svar);
  }

  private static LocalDate day(Observation observation) {
    return day(observation.getEffectiveDateTimeType());
  }

  static DateTimeType start(Procedure procedure) {
    return procedure.hasPerformedDateTimeType()
        ? procedure.getPerformedDateTimeType()
        : procedure.getPerformedPeriod().getStartElement();
  }

  /** The civil day in Sweden. */
  private static LocalDate day(BaseDateTimeType date) {
    String text = date.asStringValue();
    return text.length() == 10
        ? LocalDate.parse(text)
        : OffsetDateTime.parse(text).atZoneSameInstant(SWEDEN).toLocalDate();
  }
}
