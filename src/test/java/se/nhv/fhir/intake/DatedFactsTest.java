package se.nhv.fhir.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatedFactsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'performedDateTime':'2023-05-04'|2023-05-04",
        "'performedDateTime':'2023-05'|2023-05-31",
        "'performedDateTime':'2023'|2023-12-31",
        "'performedDateTime':'2023-12-31T23:30:00Z'|2024-01-01",
        "'performedDateTime':'2023-07-01T23:30:00+02:00'|2023-07-01",
        "'performedPeriod':{'start':'2022-01-01','end':'2023-02-03'}|2023-02-03",
        "'meta':{'lastUpdated':'2026-01-01T00:00:00Z'},'performedDateTime':'2020-01-01'|2020-01-01",
        "'code':{'text':'2024'}|none"
      })
  void theLatestDayIsTheLastThatAProcedureMaySpeakOf(String elements, String day) {
    assertThat(latest("{'resourceType':'Procedure','id':'a'," + elements + "}")).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'birthDate':'1950-01-02'|none",
        "'birthDate':'1950-01-02','deceasedDateTime':'2021-03-04'|2021-03-04"
      })
  void aBirthIsNoFactAndADeathIs(String elements, String day) {
    assertThat(latest("{'resourceType':'Patient','id':'a'," + elements + "}")).isEqualTo(day);
  }

  private static String latest(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return DatedFacts.latest(bytes).map(Object::toString).orElse("none");
  }
}
