package se.nhv.fhir.synthetic;

/**
 * How often a hospital's data are wrong in the ways that real data are, each a share from 0 to 1 of
 * the resources in which the fault can occur.
 *
 * @param referralMissing the patient came, but no referral was ever written down
 * @param registrationMissing the referral lacks the day on which it was registered
 * @param referralAfterConference the referral was registered after the MDK that took it up
 * @param partialDate a date is written as a month only
 * @param encounterMissing an operation lacks its Encounter
 * @param encounterNeverClosed the patient went home, but the Encounter is still in progress
 * @param omissions what is left out of what follows on care
 */
public record FaultRates(
    double referralMissing,
    double registrationMissing,
    double referralAfterConference,
    double partialDate,
    double encounterMissing,
    double encounterNeverClosed,
    Omissions omissions) {

  /** Data without any of these faults. */
  public static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0);

  /** These faults, and nothing left out of what follows on care. */
  public FaultRates(
      double referralMissing,
      double registrationMissing,
      double referralAfterConference,
      double partialDate,
      double encounterMissing,
      double encounterNeverClosed) {
    this(
        referralMissing,
        registrationMissing,
        referralAfterConference,
        partialDate,
        encounterMissing,
        encounterNeverClosed,
        Omissions.NONE);
  }
}
