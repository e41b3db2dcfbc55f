package se.nhv.fhir.publication;

/** What a published cell says. */
public enum CellState {
  /** A figure other than zero. */
  VALUE("värde"),
  /** The figure zero. */
  ZERO("noll"),
  /** Not shown, whatever the reason. */
  HIDDEN("dold"),
  /** The unit owes the report and has not submitted it. */
  NOT_REPORTED("ej rapporterad"),
  /** Reported, but there was nothing of which to work it out. */
  NO_DATA("inga data");

  private final String text;

  CellState(String text) {
    this.text = text;
  }

  /** The state in Swedish, as files show it. */
  public String text() {
    return text;
  }

  /** Whether a figure is shown. */
  public boolean isShown() {
    return this == VALUE || this == ZERO;
  }
}
