package se.nhv.fhir.server.national;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.obligation.NationalSteps;
import se.nhv.fhir.reporting.submission.LocalNationalSide;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.reports.ReportShelf;
import se.nhv.fhir.server.reports.StepShelf;
import se.nhv.fhir.server.settings.NhvProperties;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** The national side: here, or behind the report door of another adapter. */
@Configuration(proxyBeanMethods = false)
class NationalConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(NationalConfiguration.class);

  @Bean
  Permits permits(NhvProperties properties) {
    return Permits.of(properties.permits());
  }

  /** Asked for when it is needed, for it reads the content. */
  @Bean
  @Lazy
  NationalReports nationalReports(
      StoreDatabase database, Content content, Permits permits, Clock clock) {
    return new NationalReports(
        database.reports(), FhirContext.forR4Cached(), content, permits, clock);
  }

  /** Where this adapter's units submit. */
  @Bean
  NationalSide nationalSide(NhvProperties properties, ObjectProvider<NationalReports> here) {
    return RemoteDoor.of(properties.national())
        .<NationalSide>map(it -> it)
        .orElseGet(() -> new LocalNationalSide(here::getObject));
  }

  /** What is answered there; here, nothing is handed in elsewhere. */
  @Bean
  NationalSteps nationalSteps(NationalSide side) {
    return side instanceof RemoteDoor door
        ? door::steps
        : (unit, report, revision) -> Optional.empty();
  }

  @Bean
  @Order(1)
  DoorPart nationalPart(
      StoreDatabase database,
      ObjectProvider<NationalReports> national,
      ObjectProvider<Content> content) {
    ResourceStore store = database.reports();
    ReportShelf reports =
        new ReportShelf(Reports.in(NationalReports.PARTITION, store, FhirContext.forR4Cached()));
    StepShelf steps = new StepShelf(store, NationalReports.PARTITION, reports);
    return new DoorPart(
        Door.REPORTS,
        List.of(
            new NationalProvider(reports, national::getObject, content::getObject),
            new SubmissionProvider(national::getObject),
            new ReadProvider(steps)),
        List.of(
            DoorType.versioned(
                reports, List.of(NationalProvider.DIFFERENCES, NationalProvider.AGGREGATE)),
            DoorType.read(steps)),
        List.of());
  }

  /** Permits may have changed since the last start, and with them who is missing from Riket. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> riketRefresher(
      StoreDatabase database, ObjectProvider<NationalReports> national) {
    Reports kept =
        Reports.in(NationalReports.PARTITION, database.reports(), FhirContext.forR4Cached());
    return ready ->
        new Thread(
                () -> {
                  if (kept.find(ReportQuery.all(1)).total() > 0) {
                    int renewed = national.getObject().refreshRiket();
                    LOG.info("{} reports of Riket are new by the permits", renewed);
                  }
                },
                "riket")
            .start();
  }
}
