package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;

/** Questionnaires sent to the patient after a treatment, and the answers that come back. */
enum Questionnaire {
  /** The patient's experience of the care. */
  PREM("prem-enkat"),
  /** The patient's own health. */
  PROM("prom-enkat");

  private final String request;

  Questionnaire(String request) {
    this.request = request;
  }

  /** Sends it two to four weeks after that day, and maybe receives an answer. */
  void sendAfter(Chart chart, LocalDate treated) {
    LocalDate sent = treated.plusDays(chart.chance.between(14, 28));
    ServiceRequest sending = send(chart, sent);
    if (sending != null && chart.chance.happens(chart.traits.questionnaireAnswered())) {
      answer(chart, sending, answered(chart.chance, treated, sent));
    }
  }

  /** Sends it on that day, and maybe receives an answer within forty days. */
  void sendOn(Chart chart, LocalDate sent) {
    ServiceRequest sending = send(chart, sent);
    if (sending != null && chart.chance.happens(chart.traits.questionnaireAnswered())) {
      answer(chart, sending, sent.plusDays(chart.chance.between(1, 40)));
    }
  }

  private @Nullable ServiceRequest send(Chart chart, LocalDate sent) {
    if (!chart.reaches(sent)) {
      return null;
    }
    ServiceRequest sending = new ServiceRequest();
    sending
        .setStatus(
            chart.chance.happens(0.01)
                ? ServiceRequestStatus.ENTEREDINERROR
                : ServiceRequestStatus.COMPLETED)
        .setIntent(ServiceRequestIntent.ORDER)
        .addCategory(chart.area())
        .setCode(Terminology.own("begaran", request))
        .setSubject(chart.patient())
        .setAuthoredOnElement(chart.dates.write(chart.chance.momentOf(sent)));
    return chart.add("enkat", sending);
  }

  /** Most answer within seventy days of the treatment, some later. */
  private static LocalDate answered(Chance chance, LocalDate treated, LocalDate sent) {
    return chance.happens(0.15)
        ? treated.plusDays(chance.between(69, 140))
        : sent.plusDays(chance.between(1, 40));
  }

  private static void answer(Chart chart, ServiceRequest sending, LocalDate day) {
    if (!chart.reaches(day)) {
      return;
    }
    QuestionnaireResponse response = new QuestionnaireResponse();
    response
        .setStatus(status(chart.chance))
        .addBasedOn(Chart.to(sending))
        .setSubject(chart.patient())
        .setAuthoredElement(chart.dates.write(chart.chance.momentOf(day)));
    chart.add("svar", response);
  }

  private static QuestionnaireResponseStatus status(Chance chance) {
    if (chance.happens(0.03)) {
      return QuestionnaireResponseStatus.INPROGRESS;
    }
    return chance.happens(0.03)
        ? QuestionnaireResponseStatus.AMENDED
        : QuestionnaireResponseStatus.COMPLETED;
  }
}
