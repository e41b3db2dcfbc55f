package se.nhv.fhir.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.junit.jupiter.api.Test;

/** What a signature is bound to. */
class ReportHashTest {

  private final FhirContext fhir = FhirContext.forR4Cached();

  @Test
  void it_is_the_sha256_of_the_alphabetical_json_that_anyone_can_write() {
    MeasureReport report = new MeasureReport();
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure("https://w3id.org/nhv/fhir/Measure/NETB1|2.0.0");
    report.getReporter().setReference("Organization/SE1-1");
    report.getPeriod().setStartElement(new DateTimeType("2024-01-01"));
    report.getPeriod().setEndElement(new DateTimeType("2024-12-31"));
    report.addGroup().getMeasureScore().setValue(new BigDecimal("0.50"));
    String canonical =
        "{\"group\":[{\"measureScore\":{\"value\":0.50}}],"
            + "\"id\":\"NETB1-2.0.0-SE1-1-20240101-20241231\","
            + "\"measure\":\"https://w3id.org/nhv/fhir/Measure/NETB1|2.0.0\","
            + "\"period\":{\"end\":\"2024-12-31\",\"start\":\"2024-01-01\"},"
            + "\"reporter\":{\"reference\":\"Organization/SE1-1\"},"
            + "\"resourceType\":\"MeasureReport\",\"status\":\"complete\",\"type\":\"summary\"}";
    assertThat(ReportHash.of(report))
        .isEqualTo(DigestUtils.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void it_is_the_same_before_and_after_the_report_is_kept_sent_and_read() {
    MeasureReport report = ExampleReports.of("NETB1", ExampleReports.UNIT, 2024);
    MeasureReport kept = report.copy();
    kept.setId("MeasureReport/" + ReportId.of(report) + "/_history/3");
    kept.getMeta().setVersionId("3").setLastUpdated(Date.from(Instant.EPOCH)).setSource("urn:a");
    String pretty = fhir.newJsonParser().setPrettyPrint(true).encodeResourceToString(kept);
    MeasureReport read = fhir.newJsonParser().parseResource(MeasureReport.class, pretty);
    assertThat(ReportHash.of(read)).hasSize(64).isEqualTo(ReportHash.of(report));
    assertThat(kept.getMeta().getVersionId()).isEqualTo("3");
  }

  @Test
  void any_other_figure_gives_another_hash() {
    MeasureReport report = ExampleReports.of("NETB1", ExampleReports.UNIT, 2024);
    String before = ReportHash.of(report);
    report.getGroupFirstRep().getPopulationFirstRep().setCount(13);
    assertThat(ReportHash.of(report)).isNotEqualTo(before);
  }
}
