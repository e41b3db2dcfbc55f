package se.nhv.fhir.intake.quality;

/** A rule of the data contract that can be judged within one patient. Stateless. */
@FunctionalInterface
interface Rule {

  /** Tells every place where the patient's resources break it. */
  void check(Chart chart, Findings findings);
}
