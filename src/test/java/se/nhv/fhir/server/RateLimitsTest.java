package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

class RateLimitsTest {

  /** Long enough a period that none ends while the test runs. */
  private static Doors limited() {
    return Doors.start(
        "--nhv.access.requests-per-second=1",
        "--nhv.access.burst=20",
        "--nhv.access.failures-per-minute=5");
  }

  @Test
  void eachCallerIsHeldToItsOwnRateAndToldWhenToComeAgain() {
    Doors doors = limited();
    try {
      List<Integer> statuses = new ArrayList<>();
      Answer last = doors.get(TOKEN_A, "/intake/Task");
      for (int i = 0; i < 60 && last.status() == 200; i++) {
        statuses.add(last.status());
        last = doors.get(TOKEN_A, "/intake/Task");
      }
      assertThat(statuses).hasSizeGreaterThanOrEqualTo(20);
      assertThat(last.status()).isEqualTo(429);
      assertThat(Integer.parseInt(last.header("Retry-After"))).isEqualTo(20);
      assertThat(last.json().at("/issue/0/code").asText()).isEqualTo("throttled");
      assertThat(doors.get(TOKEN_B, "/intake/Task").status()).as("another unit").isEqualTo(200);
      assertThat(doors.get(AUTHORITY, "/fhir/Measure").status()).isEqualTo(200);
    } finally {
      doors.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoFailsOftenIsHeldMoreNarrowlyAndNobodyElseIs(boolean guessing) {
    Doors doors = limited();
    try {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String token = guessing ? "token-that-is-guessed-" + i : null;
        statuses.add(doors.get(token, "/intake/Task").status());
      }
      assertThat(statuses.subList(0, 5)).containsOnly(401);
      assertThat(statuses).contains(429);
      assertThat(doors.get(null, "/intake/Task").header("Retry-After")).isEqualTo("60");
      assertThat(doors.get(TOKEN_A, "/intake/Task").status())
          .as("a good token from the same address")
          .isEqualTo(200);
    } finally {
      doors.close();
    }
  }
}
