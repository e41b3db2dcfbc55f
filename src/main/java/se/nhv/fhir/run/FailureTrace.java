package se.nhv.fhir.run;

/** A failure as it may stand in a log. */
public final class FailureTrace {

  private FailureTrace() {}

  /**
   * Where it failed and with what class, down its causes. Their messages are left out: they may
   * quote what a hospital sent.
   */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure.getCause();
    RuntimeException trace =
        new RuntimeException(failure.getClass().getName(), cause == null ? null : of(cause));
    trace.setStackTrace(failure.getStackTrace());
    return trace;
  }
}
