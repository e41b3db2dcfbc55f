package se.nhv.fhir.server.publication;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.publication.Releases;
import se.nhv.fhir.publication.YearlyRelease;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.store.StoreDatabase;

/** What is published of the reports that units have submitted. */
@Configuration(proxyBeanMethods = false)
class PublicationConfiguration {

  @Bean
  Releases releases(StoreDatabase database) {
    return new Releases(database.reports(), FhirContext.forR4Cached());
  }

  /** Asked for when it is needed, for it reads the content. */
  @Bean
  @Lazy
  YearlyRelease yearlyRelease(
      Content content, NationalReports submitted, ExpectedUnits permits, Releases releases) {
    return new YearlyRelease(content, submitted, permits, releases);
  }

  @Bean
  @Order(6)
  DoorPart publicationPart(Releases releases, ObjectProvider<YearlyRelease> year, Clock clock) {
    return new DoorPart(
            Door.REPORTS,
            List.of(new PublishProvider(year::getObject, clock), new PublishedProvider(releases)),
            List.of(),
            List.of(PublishProvider.PUBLISH, PublishedProvider.PUBLISHED))
        .answering(PublishedProvider.CSV, PublishedProvider.XLSX)
        .failing(PublishProvider::withheld);
  }
}
