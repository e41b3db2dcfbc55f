package se.nhv.fhir.reporting.obligation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far reports have come. Safe for use by many threads at once. */
@FunctionalInterface
public interface ReportProgress {

  /** How far the report with that id has come; it may not be there. */
  Progress of(String report);

  /**
   * How far a report has come.
   *
   * @param state the state
   * @param revision the revision that was handed in last, from 1; 0 if none was
   * @param submitted when it was handed in first, or null
   * @param returned why the authority asks for another revision, or null
   * @param isAnswerUnknown whether it was handed in where nobody could be asked for the answer
   */
  record Progress(
      ObligationState state,
      long revision,
      @Nullable Instant submitted,
      @Nullable String returned,
      boolean isAnswerUnknown) {

    /** With an answer that is known, or that there is none. */
    public Progress(
        ObligationState state,
        long revision,
        @Nullable Instant submitted,
        @Nullable String returned) {
      this(state, revision, submitted, returned, false);
    }

    /** Of a report that was never handed in. */
    static Progress within(ObligationState state) {
      return new Progress(state, 0, null, null);
    }
  }
}
