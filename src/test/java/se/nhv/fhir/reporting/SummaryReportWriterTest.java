package se.nhv.fhir.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.measure.Canonicals;

/** What crosses into a summary report, and what never does. */
class SummaryReportWriterTest {

  /** A made-up name and number that nothing may let through or repeat. */
  private static final String CANARY = "Kanarie 19121212-1212";

  private final SummaryReportWriter writer = new SummaryReportWriter();

  @Test
  void every_element_of_the_report_contract_crosses_unchanged() {
    MeasureReport given = ExampleReports.of("NETB1", ExampleReports.UNIT, 2024);
    MeasureReport summary = writer.write(given);
    assertThat(summary).isNotSameAs(given);
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    assertThat(parser.encodeResourceToString(summary))
        .isEqualTo(parser.encodeResourceToString(given));
  }

  @Test
  void the_given_id_and_meta_are_not_taken_over() {
    MeasureReport given = ExampleReports.of("NETB1", ExampleReports.UNIT, 2024);
    given.setId(CANARY);
    given.getMeta().addTag().setDisplay(CANARY);
    MeasureReport summary = writer.write(given);
    assertThat(summary.hasId()).isFalse();
    assertThat(summary.hasMeta()).isFalse();
  }

  static Stream<Arguments> whatNoSummaryHoldsAnywhere() {
    return Stream.of(
        refused("subject", r -> r.setSubject(new Reference("Patient/1").setDisplay(CANARY))),
        refused("evaluatedResource", r -> r.addEvaluatedResource().setReference("Patient/1")),
        refused("contained", r -> r.addContained(new Patient().setId(CANARY))),
        refused("contained", r -> r.addContained(new ListResource())),
        refused("text", r -> r.getText().setDivAsString("<div>" + CANARY + "</div>")),
        refused("implicitRules", r -> r.setImplicitRules("urn:x")),
        refused("language", r -> r.setLanguage("sv")),
        refused("modifierExtension", r -> r.addModifierExtension().setUrl("urn:" + CANARY)),
        refused("extension", r -> r.addExtension("urn:x", new StringType(CANARY))),
        refused(
            "group.population.subjectResults",
            r -> r.getGroupFirstRep().getPopulationFirstRep().setSubjectResults(patient())),
        refused(
            "group.stratifier.stratum.population.subjectResults",
            r ->
                r.getGroupFirstRep()
                    .getStratifierFirstRep()
                    .getStratumFirstRep()
                    .getPopulationFirstRep()
                    .setSubjectResults(patient())),
        refused("group.id", r -> r.getGroupFirstRep().setId(CANARY)),
        refused("group.code.text", r -> r.getGroupFirstRep().getCode().setText(CANARY)),
        refused(
            "group.extension",
            r -> r.getGroupFirstRep().addExtension("urn:x", new StringType(CANARY))),
        refused(
            "group.population.count.extension",
            r ->
                r.getGroupFirstRep()
                    .getPopulationFirstRep()
                    .getCountElement()
                    .addExtension("urn:x", new StringType(CANARY))));
  }

  static Stream<Arguments> whatNoNamedElementHolds() {
    return Stream.of(
        refused(
            "status.extension",
            r -> r.getStatusElement().addExtension("u", new StringType(CANARY))),
        refused("status.id", r -> r.getStatusElement().setId(CANARY)),
        refused(
            "extension.extension",
            r -> underlag(r).addExtension("patient", new StringType(CANARY))),
        refused(
            "extension.extension.value",
            r -> underlag(r).getExtensionFirstRep().setValue(new Reference("Patient/1"))),
        refused("extension.value", r -> underlag(r).setValue(new StringType(CANARY))),
        refused("extension.id", r -> underlag(r).setId(CANARY)),
        refused(
            "group.extension.extension.value.comparator",
            r ->
                r.getGroupFirstRep()
                    .getExtensionByUrl(Canonicals.structureDefinition("statistik"))
                    .addExtension(
                        "median",
                        new Quantity().setComparator(Quantity.QuantityComparator.LESS_THAN))),
        refused("identifier.assigner", r -> r.getIdentifierFirstRep().setAssigner(patient())),
        refused("reporter.type", r -> r.getReporter().setType("Patient")),
        refused("reporter.reference", r -> r.getReporter().setReference("Patient/1")),
        refused(
            "reporter.reference", r -> r.getReporter().setReference("http://x/Organization/SE1")),
        refused(
            "extension.value.reference",
            r ->
                r.addExtension(
                    Canonicals.structureDefinition("aggregerad-av"), new Reference("Patient/1"))),
        refused("type", r -> r.setType(MeasureReportType.INDIVIDUAL)),
        refused("type", r -> r.setType(null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"whatNoSummaryHoldsAnywhere", "whatNoNamedElementHolds"})
  void anything_else_is_refused_by_its_place(String path, Consumer<MeasureReport> change) {
    MeasureReport given = ExampleReports.of("NETB1", ExampleReports.UNIT, 2024);
    change.accept(given);
    assertThatThrownBy(() -> writer.write(given))
        .isInstanceOf(ReportRefusedException.class)
        .hasMessageStartingWith("MeasureReport." + path + " ")
        .hasMessageNotContaining("Kanarie");
  }

  private static Arguments refused(String path, Consumer<MeasureReport> change) {
    return arguments(path, change);
  }

  private static Reference patient() {
    return new Reference("Patient/1").setDisplay(CANARY);
  }

  private static Extension underlag(MeasureReport report) {
    return report.getExtensionByUrl(Canonicals.structureDefinition("underlag"));
  }
}
