package se.nhv.fhir.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;

class ContentTest {

  @Test
  void theContentInThisCheckoutIsWithoutFault() {
    Content content = Content.packed();
    assertThat(content.owed(new Area("net"), new ReportingYear(2025))).hasSize(7);
  }
}
