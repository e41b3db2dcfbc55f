package se.nhv.fhir.server.audit;

import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.run.jobs.JobListener;
import se.nhv.fhir.server.access.AccessListener;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.DoorWatch;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.Shelf;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** The records of both sides: how they are made, and who reads them. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  /** The logs of the two stores. */
  record Logs(AuditLog intake, AuditLog reports) {}

  @Bean
  Logs auditLogs(StoreDatabase database) {
    return new Logs(new AuditLog(database.intake()), new AuditLog(database.reports()));
  }

  @Bean
  AccessListener refusalAudit(Logs logs, Clock clock) {
    return new RefusalAudit(logs.intake(), logs.reports(), clock);
  }

  /** Jobs tell the meters through this. */
  @Bean
  @Primary
  JobListener jobAudit(Logs logs, Meters meters, Clock clock) {
    return new JobAudit(logs.intake(), clock, meters);
  }

  @Bean
  DoorWatch intakeAudit(ResourceStore intakeStore, Logs logs, Clock clock) {
    return new DoorWatch(Door.INTAKE, new IntakeAudit(intakeStore, logs.intake(), clock));
  }

  @Bean
  DoorWatch reportAudit(Logs logs, Clock clock) {
    return new DoorWatch(Door.REPORTS, new ReportAudit(logs.reports(), clock));
  }

  @Bean
  @Order(90)
  DoorPart intakeRecords(StoreDatabase database) {
    return part(
        Door.INTAKE,
        new AuditShelf(
            database.intake(),
            caller -> Partitions.audit(caller.requireUnit()),
            AuditShelf.WITH_PATIENT));
  }

  @Bean
  @Order(91)
  DoorPart reportRecords(StoreDatabase database) {
    return part(
        Door.REPORTS,
        new AuditShelf(database.reports(), caller -> Partitions.audit(), AuditShelf.PARAMETERS));
  }

  private static DoorPart part(Door door, Shelf shelf) {
    return new DoorPart(
        door, List.of(new ReadProvider(shelf)), List.of(DoorType.read(shelf)), List.of());
  }
}
