package se.nhv.fhir.synthetic;

/**
 * What makes one synthetic unit unlike another. Shares are from 0 to 1.
 *
 * @param newPatientsPerYear patients referred for the first time in a year; some come back later,
 *     so the MDK sees about half as many more
 * @param valveSurgery whether heart valves are operated on here
 * @param daysToConference the median from a registered referral to the MDK, in days
 * @param daysInHospital the median stay around an operation, in days
 * @param carePlanned the share of treated patients who get an individual care plan
 * @param questionnaireSent the share of treatments after which a PREM questionnaire is sent
 * @param questionnaireAnswered the share of questionnaires sent that are answered at all
 * @param dateOnly the share of dates written without a time
 * @param utc the share of times written in UTC instead of with Sweden's offset
 * @param faults how often the data are wrong
 */
public record UnitTraits(
    int newPatientsPerYear,
    boolean valveSurgery,
    int daysToConference,
    int daysInHospital,
    double carePlanned,
    double questionnaireSent,
    double questionnaireAnswered,
    double dateOnly,
    double utc,
    FaultRates faults) {

  /** Refuses a unit without patients with an IllegalArgumentException. */
  public UnitTraits {
    if (newPatientsPerYear < 1) {
      throw new IllegalArgumentException(
          newPatientsPerYear + " new patients a year: a unit needs at least 1");
    }
  }

  /** The same unit's way of writing and planning in the care of another area. */
  UnitTraits with(
      int newPatients, int daysUntilConference, int daysOfStay, FaultRates othersOfArea) {
    return new UnitTraits(
        newPatients,
        false,
        daysUntilConference,
        daysOfStay,
        carePlanned,
        questionnaireSent,
        questionnaireAnswered,
        dateOnly,
        utc,
        othersOfArea);
  }

  /** The same unit with other data faults. */
  public UnitTraits withFaults(FaultRates others) {
    return new UnitTraits(
        newPatientsPerYear,
        valveSurgery,
        daysToConference,
        daysInHospital,
        carePlanned,
        questionnaireSent,
        questionnaireAnswered,
        dateOnly,
        utc,
        others);
  }
}
