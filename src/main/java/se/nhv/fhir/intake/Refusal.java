package se.nhv.fhir.intake;

/**
 * Why a delivery was not taken: what, where, and the way out.
 *
 * @param index the position of the delivery in its batch, from 0
 * @param element a FHIRPath to the element at fault, for example {@code Procedure.subject}
 * @param problem what is wrong, in English
 * @param remedy what the sender can do, in English
 */
public record Refusal(int index, String element, String problem, String remedy) {

  /** The same refusal at another position of a batch. */
  public Refusal at(int position) {
    return new Refusal(position, element, problem, remedy);
  }

  /** Element, problem and remedy in one line, without any value of the resource. */
  public String text() {
    return element + ": " + problem + "; " + remedy;
  }
}
