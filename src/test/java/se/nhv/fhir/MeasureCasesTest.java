package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.run.CaseRun;

/** Every case that was worked out by hand, on our evaluation. */
class MeasureCasesTest {

  private static final Content CONTENT = Content.load(ContentFiles.in(Path.of("")));

  @TestFactory
  Stream<DynamicTest> theReportSaysWhatWasWorkedOutByHand() {
    CaseRun run = new CaseRun(CONTENT, new ReferenceEngine(CONTENT));
    List<MeasureCase> cases = CONTENT.cases();
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.toString(),
                    () -> assertThat(run.differences(c)).as(c.description()).isEmpty()));
  }
}
