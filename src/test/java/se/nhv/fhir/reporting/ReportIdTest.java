package se.nhv.fhir.reporting;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What gives no id is refused with its place, and is not repeated. */
class ReportIdTest {

  private static final String CANARY = "19121212-1212";

  static Stream<Consumer<MeasureReport>> reports_without_an_id() {
    return Stream.of(
        report -> report.setMeasure(CANARY),
        report -> report.setMeasure("https://x/Measure/" + CANARY.repeat(5) + "|1.0.0"),
        report -> report.getPeriod().setStartElement(new DateTimeType("1912")),
        report -> report.getReporter().setReference(null).getIdentifier().setValue(CANARY));
  }

  @ParameterizedTest
  @MethodSource("reports_without_an_id")
  void the_message_names_the_place_and_no_value(Consumer<MeasureReport> change) {
    MeasureReport report = ExampleReports.of("NETB1", ExampleReports.UNIT, 2024);
    change.accept(report);
    assertThatThrownBy(() -> ReportId.of(report))
        .isInstanceOf(ReportRefusedException.class)
        .hasMessageContaining("MeasureReport.")
        .hasMessageNotContaining("1912");
  }
}
