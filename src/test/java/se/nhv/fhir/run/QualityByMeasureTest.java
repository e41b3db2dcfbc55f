package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.quality.Fact;
import se.nhv.fhir.intake.quality.KeptFact;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;

class QualityByMeasureTest {

  private static final Content CONTENT = Content.packed();
  private static final MeasureReference T1 = new MeasureReference("NETT1", "2.0.0");
  private static final MeasureReference OTHER = new MeasureReference("ABKT1", "1.0.0");

  private final KeptFact late = fact("remiss-efter-atgard", "ServiceRequest/r1", T1);
  private final KeptFact partial = fact("datum-oprecist", "Procedure/m1", T1);
  private final KeptFact another = fact("datum-oprecist", "Procedure/m2", T1);
  private final KeptFact elsewhere = fact("datum-oprecist", "Procedure/m3", OTHER);
  private final KeptFact nowhere = fact("personnummer-felaktigt", "Patient/p1");

  private static KeptFact fact(String rule, String resource, MeasureReference... measures) {
    TreeSet<MeasureReference> touched = new TreeSet<>(List.of(measures));
    String element = resource.replaceFirst("/.*", "") + ".x";
    return new KeptFact(
        new Fact(rule, resource, element, "p1", List.of(), touched),
        Instant.parse("2025-01-02T03:04:05Z"));
  }

  private static MeasureReport report() {
    MeasureReport report = new MeasureReport();
    report.setMeasure(T1.canonical());
    MeasureReport.MeasureReportGroupComponent group = report.addGroup();
    group.getCode().addCoding().setCode("total");
    group.addPopulation().setCount(41).getCode().addCoding().setCode("initial-population");
    Extension lacking = group.addExtension();
    lacking.setUrl(Canonicals.structureDefinition("bortfall"));
    lacking.addExtension("reason", new CodeType("remiss-saknas"));
    lacking.addExtension("count", new IntegerType(3));
    return report;
  }

  private QualityReport quality() {
    return new QualityByMeasure(CONTENT)
        .of(List.of(report()), List.of(another, elsewhere, late, nowhere, partial));
  }

  @Test
  void whatTheReportDoesNotCountComesFirstThenTheErrorsThatTouchTheMeasure() {
    assertThat(quality().measures()).hasSize(1);
    assertThat(quality().measures().get(0).lines())
        .extracting(QualityLine::swedish)
        .containsExactly(
            "3 av 41 i T1 saknar remiss",
            "2 × Datum mindre noggrant än en dag: Procedure.x",
            "1 × Remiss efter det som den gäller: ServiceRequest.x");
    assertThat(quality().measures().get(0).lines().get(0).english())
        .isEqualTo("3 of 41 in T1 lack a referral");
  }

  @Test
  void whatTouchesNoMeasureStandsForItselfAndWhatTouchesOthersOnlyIsLeftOut() {
    assertThat(quality().untied())
        .extracting(QualityLine::code)
        .containsExactly("personnummer-felaktigt");
    assertThat(quality().facts()).containsExactly(another, late, nowhere, partial);
    assertThat(quality().errors()).isEqualTo(4);
  }

  @Test
  void theTableHasALineForEachFactAndNoFormula() {
    StringWriter out = new StringWriter();
    KeptFact formula =
        new KeptFact(
            new Fact("kon-saknas", "=1+1", "Patient.gender", "p", List.of(), new TreeSet<>()),
            Instant.parse("2025-01-02T03:04:05Z"));
    new FactCsv(CONTENT).write(List.of(late, formula), false, out);
    String[] lines = out.toString().split("\r\n", -1);
    assertThat(lines[0]).isEqualTo("\uFEFFmått;regel;allvar;resurs;element;sedan;text;åtgärd");
    assertThat(lines[1])
        .startsWith(
            "NETT1-2.0.0;remiss-efter-atgard;error;ServiceRequest/r1;ServiceRequest.x;"
                + "2025-01-02T03:04:05Z;Remiss efter det som den gäller. ")
        .endsWith(";Rätta remissens datum, eller hänvisa till rätt remiss.");
    assertThat(lines[2]).startsWith(";kon-saknas;error;'=1+1;Patient.gender;");
    assertThat(lines).hasSize(4);
  }
}
