package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.run.CaseRun;

/** What our evaluation writes of every case is a report that can be received, but for its date. */
class EvaluatedReportsTest {

  private static final Content CONTENT = Content.load(ContentFiles.in(Path.of("")));

  @TestFactory
  Stream<DynamicTest> whatIsEvaluatedHasPossibleFiguresAndTheFormOfAReport() {
    CaseRun run = new CaseRun(CONTENT, new ReferenceEngine(CONTENT));
    ReceiptChecks checks = new ReceiptChecks(CONTENT, area -> List.of(), Clock.systemUTC());
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    List<MeasureCase> cases = CONTENT.cases();
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.toString(),
                    () -> {
                      String sent = parser.encodeResourceToString(run.report(one));
                      MeasureReport read = parser.parseResource(MeasureReport.class, sent);
                      assertThatCode(() -> checks.requireContent(SubmittedReport.of(read, CONTENT)))
                          .doesNotThrowAnyException();
                    }));
  }
}
