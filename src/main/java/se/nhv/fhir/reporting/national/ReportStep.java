package se.nhv.fhir.reporting.national;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.FreeText;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.SignedStep;

/**
 * One step on a report's way (R4 Provenance), made anew from the elements that one may have:
 * target, when, what, who for whom, the hash of the content, and a reason. Whatever else the given
 * one holds is refused with its place.
 */
final class ReportStep {

  private static final Pattern TARGET =
      Pattern.compile("MeasureReport/([A-Za-z0-9.-]{1,64})/_history/([1-9][0-9]{0,8})");
  private static final Pattern ON_BEHALF_OF = Pattern.compile("Organization/[A-Z0-9-]{1,31}");
  private static final String HASH = SignedStep.HASH;

  private final Provenance step;
  private final Matcher target;

  private ReportStep(Provenance step) {
    this.step = step;
    this.target = TARGET.matcher(String.valueOf(step.getTargetFirstRep().getReference()));
  }

  /**
   * Reads a step.
   *
   * @throws se.nhv.fhir.reporting.ReportRefusedException if it is not whole, or holds more
   */
  static ReportStep of(Provenance given) {
    ReportStep step = new ReportStep(allowed(given));
    require(step.target.matches(), "target", "must be MeasureReport/<id>/_history/<version>");
    require(given.hasRecorded(), "recorded", "is missing");
    require(codeOf(given).isPresent(), "activity", "must be a code of rapportsteg");
    require(!step.hash().isEmpty(), "extension(innehallshash)", "is missing");
    Identifier who = step.who();
    require(
        Canonicals.HSA_ID.equals(who.getSystem()) && who.hasValue(),
        "agent.who.identifier",
        "must be a person's");
    require(harmless(who.getValue()), "agent.who.identifier", "must not be a personal number");
    require(!step.name().isBlank(), "agent.who.display", "must be the person's name");
    require(ON_BEHALF_OF.matcher(step.onBehalfOf()).matches(), "agent.onBehalfOf", "is missing");
    require(harmless(step.name()), "agent.who.display", "is too long, or holds a personal number");
    require(harmless(step.reason()), "reason", "is too long, or holds a personal number");
    copyIsWhole(given, step.step);
    return step;
  }

  private static boolean harmless(@Nullable String text) {
    return text == null || FreeText.isHarmless(text);
  }

  private static Provenance allowed(Provenance given) {
    Provenance copy = new Provenance();
    copy.addTarget().setReference(given.getTargetFirstRep().getReference());
    copy.getRecordedElement().setValueAsString(given.getRecordedElement().getValueAsString());
    codeOf(given)
        .ifPresent(
            step ->
                copy.getActivity()
                    .addCoding()
                    .setSystem(SignedStep.STEPS)
                    .setCode(step.code())
                    .setDisplay(
                        given.getActivity().getCodingFirstRep().hasDisplay()
                            ? step.display()
                            : null));
    ProvenanceAgentComponent agent = given.getAgentFirstRep();
    Reference who = new Reference().setDisplay(agent.getWho().getDisplay());
    Identifier identifier = agent.getWho().getIdentifier();
    who.getIdentifier().setSystem(identifier.getSystem()).setValue(identifier.getValue());
    copy.addAgent().setWho(who).setOnBehalfOf(new Reference(agent.getOnBehalfOf().getReference()));
    if (given.hasReason()) {
      copy.addReason().setText(given.getReasonFirstRep().getText());
    }
    given.getExtensionsByUrl(HASH).stream()
        .limit(1)
        .map(hash -> hash.getValue() instanceof PrimitiveType<?> it ? it.getValueAsString() : null)
        .filter(Objects::nonNull)
        .forEach(hash -> copy.addExtension(HASH, new StringType(hash)));
    return copy;
  }

  /** Refuses what the copy does not have; id and meta are ours. */
  private static void copyIsWhole(Provenance given, Provenance copy) {
    List<Property> all = given.children();
    List<Property> taken = copy.children();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).getName();
      boolean ours = name.equals("id") || name.equals("meta");
      boolean same = all.get(i).getValues().size() == taken.get(i).getValues().size();
      for (int v = 0; same && v < all.get(i).getValues().size(); v++) {
        same = all.get(i).getValues().get(v).equalsDeep(taken.get(i).getValues().get(v));
      }
      require(ours || same, name, "holds more than a step on a report's way has");
    }
  }

  private static void require(boolean met, String element, String why) {
    if (!met) {
      throw Refusals.signOff("Provenance." + element, why);
    }
  }

  /** The new Provenance, about that version of the report on this side. */
  Provenance about(String reference) {
    Provenance copy = step.copy();
    copy.getTargetFirstRep().setReference(reference);
    return copy;
  }

  /** The id of the report. */
  String reportId() {
    return target.group(1);
  }

  /** The version that was signed, where it was signed. */
  int version() {
    return Integer.parseInt(target.group(2));
  }

  /** What was done. */
  ReportingStep code() {
    return codeOf(step).orElseThrow();
  }

  /** What a Provenance says was done; empty if it is no step. */
  static Optional<ReportingStep> codeOf(Provenance step) {
    Coding activity = step.getActivity().getCodingFirstRep();
    return SignedStep.STEPS.equals(activity.getSystem()) && activity.hasCode()
        ? ReportingStep.of(activity.getCode())
        : Optional.empty();
  }

  /** The hash of the content that it speaks of, or an empty text. */
  String hash() {
    Extension hash = step.getExtensionByUrl(HASH);
    return hash != null && hash.getValue() instanceof StringType text && text.hasValue()
        ? text.getValue()
        : "";
  }

  /** The person's identifier. */
  Identifier who() {
    return step.getAgentFirstRep().getWho().getIdentifier();
  }

  /** The organisation for which the person acts, as a reference. */
  String onBehalfOf() {
    return String.valueOf(step.getAgentFirstRep().getOnBehalfOf().getReference());
  }

  /** When. */
  Instant recorded() {
    return step.getRecorded().toInstant();
  }

  /** The reason, or null. */
  @Nullable String reason() {
    return step.hasReason() ? step.getReasonFirstRep().getText() : null;
  }

  private String name() {
    String display = step.getAgentFirstRep().getWho().getDisplay();
    return display == null ? "" : display;
  }
}
