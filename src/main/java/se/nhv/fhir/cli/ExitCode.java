package se.nhv.fhir.cli;

/** The exit codes of the commands. */
final class ExitCode {

  /** Done. */
  static final int DONE = 0;

  /** Failed. */
  static final int FAILED = 1;

  /** Wrong usage, or a year that owes nothing. */
  static final int USAGE = 2;

  /**
   * Done, but data are incomplete: a resource unreadable, a patient not evaluable, a query failed.
   */
  static final int INCOMPLETE = 3;

  /** Withheld by a disclosure rule. */
  static final int WITHHELD = 4;

  private ExitCode() {}
}
