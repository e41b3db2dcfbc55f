package se.nhv.fhir.server.signoff;

import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.reports.ReportShelf;
import se.nhv.fhir.server.reports.StepShelf;
import se.nhv.fhir.store.StoreDatabase;

/** The unit's side of its reports. */
@Configuration(proxyBeanMethods = false)
class SignOffConfiguration {

  @Bean
  SignOffs signOffs(StoreDatabase database) {
    return new SignOffs(database.reports());
  }

  @Bean
  Submissions submissions(StoreDatabase database, NationalSide national) {
    return new Submissions(database.reports(), national);
  }

  @Bean
  @Order(6)
  DoorPart signOffPart(
      StoreDatabase database,
      Reports reports,
      SignOffs signOffs,
      Submissions submissions,
      Jobs jobs,
      Clock clock) {
    ReportShelf shelf = new ReportShelf(reports);
    StepShelf steps = new StepShelf(database.reports(), Reports.PARTITION, shelf);
    return new DoorPart(
        Door.INTAKE,
        List.of(
            new SignOffProvider(shelf, signOffs, submissions, jobs, clock),
            new ReadProvider(steps)),
        List.of(DoorType.versioned(shelf, SignOffProvider.SIGN), DoorType.read(steps)),
        List.of());
  }
}
