package se.nhv.fhir.server.door;

/** The two doors. */
public enum Door {
  /** The unit's side: its patients' data, and its working reports. */
  INTAKE("intake"),
  /** What was submitted, for the authority and the units; no patient's data are behind it. */
  REPORTS("fhir");

  private final String path;

  Door(String path) {
    this.path = path;
  }

  /** The first part of the path of its addresses. */
  public String path() {
    return path;
  }
}
