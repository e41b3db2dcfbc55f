package se.nhv.fhir.intake;

/** The words for what could not be read. None holds a value of a resource. */
final class Gaps {

  private Gaps() {}

  /** A resource about a Patient who is not among the data. */
  static String dangling(String resource) {
    return resource + ": dangling, its subject is a Patient who is not there; send the Patient too";
  }

  /** A resource that should be about a Patient and names none. */
  static String noSubject(String resource) {
    return resource + ": subject refers to no Patient; write Patient/ and the id";
  }
}
