package se.nhv.fhir.reporting;

import java.time.Instant;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;

/**
 * One step on the way of one version of a report, by one person: a FHIR R4 Provenance, which is
 * made from these values alone.
 *
 * @param step what was done
 * @param report the id of the report
 * @param version its version, from 1, on the side where the step was taken
 * @param hash {@link ReportHash} of that version
 * @param who the person
 * @param unit for whom the person acts; the authority, too, is known by an HSA-id
 * @param recorded when, to the millisecond
 * @param reason why, or null
 */
public record SignedStep(
    ReportingStep step,
    String report,
    long version,
    String hash,
    Signatory who,
    Unit unit,
    Instant recorded,
    @Nullable String reason) {

  /** The extension with the hash. */
  public static final String HASH = Canonicals.structureDefinition("innehallshash");

  /** The code system of the steps. */
  public static final String STEPS = Canonicals.codeSystem("rapportsteg");

  /** Who accepts and returns: Socialstyrelsen, as HSA-ids begin with the organisation's number. */
  public static final Unit AUTHORITY = new Unit("SE2021000555");

  private static final String ORGANIZATION = "Organization/";
  private static final Pattern TARGET =
      Pattern.compile("MeasureReport/([A-Za-z0-9.-]{1,64})/_history/([1-9][0-9]{0,8})");

  /** Cuts the time to the millisecond, as FHIR keeps it. */
  public SignedStep {
    recorded = Instant.ofEpochMilli(recorded.toEpochMilli());
  }

  /** The id of its Provenance. */
  public String id() {
    return id(step, report, version);
  }

  /** The id of the Provenance of that step of that version: it exists once. */
  static String id(ReportingStep step, String report, long version) {
    return DigestUtils.sha256Hex(step.code() + "|" + report + "|" + version);
  }

  /** The version that it speaks of, as a relative reference. */
  public String target() {
    return "MeasureReport/" + report + "/_history/" + version;
  }

  /** The Provenance, with its id. */
  public Provenance provenance() {
    Provenance provenance = new Provenance();
    provenance.setId(id());
    provenance.addExtension(HASH, new StringType(hash));
    provenance.addTarget().setReference(target());
    InstantType at = new InstantType();
    at.setValueAsString(recorded.toString());
    provenance.setRecordedElement(at);
    if (reason != null) {
      provenance.addReason().setText(reason);
    }
    provenance
        .getActivity()
        .addCoding()
        .setSystem(STEPS)
        .setCode(step.code())
        .setDisplay(step.display());
    Provenance.ProvenanceAgentComponent agent = provenance.addAgent();
    Reference person = new Reference().setDisplay(who.name());
    person.setIdentifier(new Identifier().setSystem(Canonicals.HSA_ID).setValue(who.id()));
    agent.setWho(person);
    agent.setOnBehalfOf(new Reference(ORGANIZATION + unit));
    return provenance;
  }

  /**
   * Reads a Provenance that this program has kept.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SignedStep of(Provenance provenance) {
    Matcher target = TARGET.matcher(String.valueOf(provenance.getTargetFirstRep().getReference()));
    String code = String.valueOf(provenance.getActivity().getCodingFirstRep().getCode());
    ReportingStep step = ReportingStep.of(code).orElse(null);
    if (!target.matches() || step == null || provenance.getExtensionByUrl(HASH) == null) {
      throw new IllegalArgumentException("this Provenance is no step on a report's way");
    }
    Provenance.ProvenanceAgentComponent agent = provenance.getAgentFirstRep();
    Reference who = agent.getWho();
    String unit = agent.getOnBehalfOf().getReference();
    Date recorded = provenance.getRecorded();
    return new SignedStep(
        step,
        target.group(1),
        Long.parseLong(target.group(2)),
        provenance.getExtensionByUrl(HASH).getValue().primitiveValue(),
        new Signatory(who.getIdentifier().getValue(), who.getDisplay()),
        new Unit(unit.substring(ORGANIZATION.length())),
        recorded.toInstant(),
        provenance.hasReason() ? provenance.getReasonFirstRep().getText() : null);
  }
}
