package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;

import org.junit.jupiter.api.Test;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.store.StoreDatabase;

class StoreFailureTest {

  @Test
  void whileTheStoreDoesNotAnswerTheDoorsSaySoAndReadinessIsDown() {
    Doors doors = Doors.start();
    try {
      assertThat(doors.get(null, "/actuator/health/readiness").status()).isEqualTo(200);
      doors.bean(StoreDatabase.class).close();

      assertThat(doors.get(null, "/actuator/health/readiness").status()).isEqualTo(503);
      assertThat(doors.get(null, "/actuator/health/liveness").status()).isEqualTo(200);
      Answer put = doors.put(TOKEN_A, "/intake/Patient/1", Doors.patient("1"));
      assertThat(put.status()).isEqualTo(503);
      assertThat(put.header("Retry-After")).isNotEmpty();
      assertThat(put.diagnostics()).contains("later");
      assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport").status()).isEqualTo(503);
      assertThat(doors.get(null, "/fhir/metadata").status()).isEqualTo(200);
    } finally {
      doors.close();
    }
  }
}
