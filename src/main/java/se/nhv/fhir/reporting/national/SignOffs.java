package se.nhv.fhir.reporting.national;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportingStep;

/**
 * The sign-offs of a report: reviewed by one person and approved by another, both bound to exactly
 * this content.
 *
 * @param steps by what was done
 */
record SignOffs(Map<ReportingStep, ReportStep> steps) {

  static final Set<ReportingStep> SIGNED = Set.of(ReportingStep.REVIEWED, ReportingStep.APPROVED);

  /**
   * Reads and checks them.
   *
   * @param given a step each: reviewed, approved and, if a person did it, submitted
   * @throws se.nhv.fhir.reporting.ReportRefusedException if the report is not signed off so
   */
  static SignOffs of(List<Provenance> given, String id, Unit unit, String hash) {
    Map<ReportingStep, ReportStep> steps = new EnumMap<>(ReportingStep.class);
    for (Provenance provenance : given) {
      ReportStep step = ReportStep.of(provenance);
      require(
          SIGNED.contains(step.code()) || step.code() == ReportingStep.SUBMITTED,
          "activity",
          "must be granskad, godkand or inlamnad");
      require(steps.put(step.code(), step) == null, "activity", "is there twice");
      require(step.reportId().equals(id), "target", "must be " + id);
      require(
          step.hash().equals(hash),
          "extension(innehallshash)",
          "is of other content than the report: sign off the report as it is now");
      require(
          step.onBehalfOf().equals("Organization/" + unit),
          "agent.onBehalfOf",
          "must be the unit that reports, Organization/" + unit);
    }
    ReportStep reviewed = steps.get(ReportingStep.REVIEWED);
    ReportStep approved = steps.get(ReportingStep.APPROVED);
    if (reviewed == null || approved == null) {
      throw Refusals.signOff("Provenance.activity", "must be granskad once and godkand once");
    }
    require(
        !person(reviewed.who()).equals(person(approved.who())),
        "agent.who",
        "of godkand must be another person than of granskad");
    require(
        reviewed.version() == approved.version(),
        "target",
        "of granskad and godkand must be the same version");
    require(
        !approved.recorded().isBefore(reviewed.recorded()),
        "recorded",
        "of godkand must not be before granskad");
    return new SignOffs(steps);
  }

  /** Whether the same was signed by the same at the same time. */
  boolean isSameAs(SignOffs other) {
    return SIGNED.stream()
        .allMatch(
            code -> {
              ReportStep mine = steps.get(code);
              ReportStep others = other.steps.get(code);
              return mine != null
                  && others != null
                  && mine.recorded().equals(others.recorded())
                  && person(mine.who()).equals(person(others.who()));
            });
  }

  /** Without regard to case and white space around, which would make one person two. */
  private static String person(Identifier who) {
    return who.getValue().strip().toLowerCase(Locale.ROOT);
  }

  private static void require(boolean met, String element, String why) {
    if (!met) {
      throw Refusals.signOff("Provenance." + element, why);
    }
  }
}
