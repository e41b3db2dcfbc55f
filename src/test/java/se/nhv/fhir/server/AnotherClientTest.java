package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.UNIT_A;
import static se.nhv.fhir.server.Doors.newId;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** A client of another maker at both doors. */
class AnotherClientTest {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final Doors doors = Doors.open();

  @Test
  void anotherClientPushesAndReads() {
    SavedReports.in(doors);
    IGenericClient hospital = client("intake", TOKEN_A);
    Patient patient = new Patient();
    patient.setId(newId());
    assertThat(hospital.update().resource(patient).execute().getCreated()).isTrue();
    Bundle push = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    push.addEntry()
        .setResource(patient)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.PUT)
        .setUrl("Patient/" + patient.getIdElement().getIdPart());
    Bundle answer = hospital.transaction().withBundle(push).execute();
    assertThat(answer.getEntryFirstRep().getResponse().getStatus()).startsWith("200");

    IGenericClient authority = client("fhir", AUTHORITY);
    Bundle page =
        authority
            .search()
            .forResource(MeasureReport.class)
            .where(MeasureReport.REPORTER.hasId("Organization/" + UNIT_A))
            .count(3)
            .returnBundle(Bundle.class)
            .execute();
    int found = page.getEntry().size();
    while (page.getLink(Bundle.LINK_NEXT) != null) {
      page = authority.loadPage().next(page).execute();
      found += page.getEntry().size();
    }
    assertThat(found).isEqualTo(SavedReports.OF_A);
  }

  private IGenericClient client(String door, String token) {
    IGenericClient client = FHIR.newRestfulGenericClient(doors.base() + "/" + door);
    client.registerInterceptor(new BearerTokenAuthInterceptor(token));
    return client;
  }
}
