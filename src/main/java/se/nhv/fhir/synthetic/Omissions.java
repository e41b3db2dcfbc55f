package se.nhv.fhir.synthetic;

/**
 * How often a hospital's data leave out what follows on care, each a share from 0 to 1 of what
 * could have been written.
 *
 * @param birthDate a patient has no day of birth
 * @param deathDate a death is not dated to the day
 * @param region a referral does not name the region that it came from
 * @param answer a decision, an intention, a mobilisation or a result was never written down
 * @param followUp a treated patient is not seen at the unit again
 * @param encounter a transplantation refers to the Encounter of the mobilisation before it
 */
public record Omissions(
    double birthDate,
    double deathDate,
    double region,
    double answer,
    double followUp,
    double encounter) {

  /** Nothing is left out. */
  public static final Omissions NONE = new Omissions(0, 0, 0, 0, 0, 0);
}
