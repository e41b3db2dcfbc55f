package se.nhv.fhir.server.obligation;

import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.obligation.Answers;
import se.nhv.fhir.reporting.obligation.KeptProgress;
import se.nhv.fhir.reporting.obligation.NationalSteps;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.reporting.obligation.ReportProgress;
import se.nhv.fhir.reporting.obligation.ReportingCalendar;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.national.Permits;
import se.nhv.fhir.store.StoreDatabase;

/** Obligations, worked out whenever they are asked for. */
@Configuration(proxyBeanMethods = false)
class ObligationConfiguration {

  @Bean
  ReportProgress reportProgress(
      StoreDatabase database,
      SignOffs signOffs,
      ObjectProvider<NationalReports> national,
      NationalSteps elsewhere) {
    return new KeptProgress(
        signOffs, SignedSteps.working(database.reports()), national::getObject, elsewhere);
  }

  @Bean
  Obligations obligations(
      Permits permits, ObjectProvider<Content> content, ReportProgress progress, Clock clock) {
    return new Obligations(
        permits.all(), new ReportingCalendar(content::getObject), progress, clock);
  }

  @Bean
  @Order(3)
  DoorPart obligationPart(
      Obligations obligations, ObjectProvider<NationalReports> national, Clock clock) {
    ObligationShelf shelf = new ObligationShelf(obligations);
    Answers answers = new Answers(national::getObject);
    return new DoorPart(
        Door.REPORTS,
        List.of(
            new AnswersProvider(shelf, obligations, answers, clock),
            new ObligationsProvider(obligations),
            new RatesProvider(obligations)),
        List.of(DoorType.read(shelf, AnswersProvider.ANSWERS)),
        List.of(ObligationsProvider.OBLIGATIONS, RatesProvider.RATES));
  }

  @Bean
  @Order(7)
  DoorPart ownObligationsPart(Obligations obligations) {
    return new DoorPart(
        Door.INTAKE,
        List.of(new ObligationsProvider(obligations)),
        List.of(),
        List.of(ObligationsProvider.OBLIGATIONS));
  }
}
