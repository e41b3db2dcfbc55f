package se.nhv.fhir.reporting.national;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportId;

/** Sign-offs as a unit sends them. */
final class Signed {

  private Signed() {}

  /** By two people, of the version 5 that the unit itself has made. */
  static List<Provenance> off(MeasureReport report) {
    List<Provenance> steps = new ArrayList<>();
    steps.add(step(report, 5, "granskad", "SE2321000000-P1", "Anna Alm", "2025-03-02T09:00:00Z"));
    steps.add(step(report, 5, "godkand", "SE2321000000-P2", "Bo Berg", "2025-03-03T09:00:00Z"));
    return steps;
  }

  static Provenance step(
      MeasureReport report, int version, String code, String id, String name, String when) {
    Provenance step = new Provenance();
    step.addTarget().setReference("MeasureReport/" + ReportId.of(report) + "/_history/" + version);
    step.setRecordedElement(new InstantType(when));
    step.getActivity().addCoding().setSystem(Canonicals.codeSystem("rapportsteg")).setCode(code);
    Reference who = new Reference().setDisplay(name);
    who.getIdentifier().setSystem(Canonicals.HSA_ID).setValue(id);
    step.addAgent().setWho(who).setOnBehalfOf(new Reference(report.getReporter().getReference()));
    step.addExtension(
        Canonicals.structureDefinition("innehallshash"), new StringType(ReportHash.of(report)));
    return step;
  }
}
