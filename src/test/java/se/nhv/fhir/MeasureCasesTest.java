package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.run.CaseRun;

/** Every case that was worked out by hand, on our evaluation. */
class MeasureCasesTest {

  private static final Content CONTENT = Content.packed();

  @TestFactory
  Stream<DynamicTest> theReportSaysWhatWasWorkedOutByHand() {
    CaseRun run = new CaseRun(CONTENT, new ReferenceEngine(CONTENT));
    assertThat(CONTENT.cases()).isNotEmpty();
    return CONTENT.cases().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.toString(),
                    () -> assertThat(run.differences(c)).as(c.description()).isEmpty()));
  }
}
