package se.nhv.fhir.intake;

/**
 * A resource of a source that was not taken.
 *
 * @param resource where it came from, and its type and id as far as they are known
 * @param refusal the element, the problem and the way out
 */
public record RefusedResource(String resource, Refusal refusal) {

  /** In one line, without any value of the resource. */
  public String text() {
    return resource + ": " + refusal.text();
  }
}
