package se.nhv.fhir.intake.pull;

/** The source does not take the question in this form; a coarser one may be answered. */
final class QueryRefusedException extends QueryFailedException {

  private static final long serialVersionUID = 1L;

  QueryRefusedException(String reason) {
    super(reason);
  }
}
