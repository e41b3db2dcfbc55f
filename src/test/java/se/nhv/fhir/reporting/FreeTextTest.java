package se.nhv.fhir.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in a name or a reason that others read; every number is made up. */
class FreeTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "19900101-1234",
        "900101-1234",
        "900101+1234",
        "9001011234",
        "199001011234",
        "Gäller 900161-1234, samordningsnummer",
        "1990-01-01 1234",
        "1990-01-01-1234",
        "90-01-01-1234",
        "1990 01 01 1234",
        "pnr19900101-1234",
        "pnr:900101-1234",
        "19900101\u20131234",
        "900101\u20111234",
        "900101\u22121234",
        "19900101\u00a01234",
        "900101\u20091234",
        "19900101 - 1234",
        "900101/1234",
        "19900101\n1234",
        "2024-01-01 till 2024-12-31 för 1990-01-01 1234"
      })
  void aPersonalNumberIsSeenHoweverItIsWritten(String text) {
    assertThat(FreeText.isHarmless(text)).isFalse();
    assertThatThrownBy(() -> FreeText.reason(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("1234");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-01 till 2024-12-31",
        "2024-01-01 - 2024-12-31",
        "2024-01-01\u20132024-12-31",
        "2024-01-01 \u2013 2024-12-31",
        "2024-01-01/2024-12-31",
        "20240101-20241231",
        "Rättat enligt NETT1-2.0.0-SE2321000016-1003-20240101-20241231",
        "SE2321000016-1003 och SE2321000016-1A11",
        "SE162321000016-1003",
        "SE2021000555",
        "Version 2.0.0 rättad 2025-03-14 kl 14:30",
        "Två av 1234 patienter saknade datum, se 2023\u20132024",
        "Ring 08-123 45 67",
        "Rad ett\nrad två\tmed flik"
      })
  void periodsHsaIdsAndOrdinaryTextAreHarmless(String text) {
    assertThat(FreeText.isHarmless(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u001bb", "a\rb"})
  void controlCharactersAreNot(String text) {
    assertThat(FreeText.isHarmless(text)).isFalse();
  }
}
