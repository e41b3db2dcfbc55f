package se.nhv.fhir.intake.quality;

/** Takes what a rule finds. */
interface Findings {

  /**
   * A resource breaks a rule.
   *
   * @param rule the code of the rule
   * @param element the path from the type on; the type alone for the whole resource
   * @param others what it was compared with
   */
  void add(String rule, ChartResource resource, String element, ChartResource... others);

  /**
   * A resource lacks another one beside it.
   *
   * @param rule the code of the rule
   * @param absent what the other would say of itself, as far as is known
   * @param element the path of what is read of the other, from its type on
   */
  void absent(String rule, ChartResource resource, ChartResource absent, String element);
}
