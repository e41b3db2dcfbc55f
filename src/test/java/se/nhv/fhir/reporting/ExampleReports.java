package se.nhv.fhir.reporting;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import se.nhv.fhir.measure.Canonicals;

/** Summary reports that hold every element of the report contract. */
final class ExampleReports {

  static final String UNIT = "SE2321000016-1003";

  private ExampleReports() {}

  static MeasureReport of(String measure, String unit, int year) {
    return of(measure, unit, year + "-01-01", year + "-12-31", (year + 1) + "-03-15");
  }

  static MeasureReport of(String measure, String unit, String start, String end, String date) {
    MeasureReport report = new MeasureReport();
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report
        .addIdentifier()
        .setSystem(Canonicals.identifier("rapport"))
        .setValue(measure + "-2.0.0-" + unit + "-" + start + "-" + end);
    report.setMeasure(Canonicals.measure(measure) + "|2.0.0");
    report.setDateElement(new DateTimeType(date));
    report
        .getPeriod()
        .setStartElement(new DateTimeType(start))
        .setEndElement(new DateTimeType(end));
    report.getReporter().setReference("Organization/" + unit);
    report.getReporter().getIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit);
    report.setImprovementNotation(
        code("http://terminology.hl7.org/CodeSystem/measure-improvement-notation", "increase"));
    Extension basis = report.addExtension().setUrl(Canonicals.structureDefinition("underlag"));
    basis.addExtension("contentHash", new StringType("c0ffee"));
    basis.addExtension("snapshotHash", new StringType("beef"));
    basis.addExtension("mappingVersion", new StringType("1"));
    basis.addExtension("asOf", new DateType(date));
    report.addGroup(group());
    return report;
  }

  private static MeasureReportGroupComponent group() {
    MeasureReportGroupComponent group = new MeasureReportGroupComponent();
    group.setCode(code(Canonicals.codeSystem("grupp"), "total"));
    group.addPopulation().setCode(code("p", "denominator")).setCount(12);
    group
        .addPopulation()
        .setCode(code("p", "numerator"))
        .getCountElement()
        .addExtension(absent("masked"));
    group.setMeasureScore(quantity("0.583333333333"));
    Extension statistics = group.addExtension().setUrl(Canonicals.structureDefinition("statistik"));
    statistics.addExtension("count", new IntegerType(12));
    statistics.addExtension("mean", quantity("61.25").setCode("a").setUnit("a"));
    Quantity none = new Quantity();
    none.addExtension(absent("not-applicable"));
    statistics.addExtension("p90", none);
    Extension missing = group.addExtension().setUrl(Canonicals.structureDefinition("bortfall"));
    missing.addExtension("reason", new CodeType("remiss-saknas"));
    missing.addExtension("count", new IntegerType(2));
    MeasureReport.StratifierGroupComponent stratum =
        group.addStratifier().addCode(code("s", "kon")).addStratum();
    stratum.setValue(code(Canonicals.codeSystem("stratumvarde"), "kvinna"));
    stratum.addPopulation().setCode(code("p", "denominator")).setCount(5);
    return group;
  }

  private static Quantity quantity(String value) {
    return new Quantity().setValue(new BigDecimal(value));
  }

  private static Extension absent(String reason) {
    return new Extension(
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason", new CodeType(reason));
  }

  static CodeableConcept code(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(system).setCode(code));
  }
}
