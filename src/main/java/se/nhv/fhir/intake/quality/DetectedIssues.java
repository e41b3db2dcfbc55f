package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.store.IndexEntry;

/** Facts as DetectedIssues (FHIR R4), by the profile {@code datafel}, and back. */
public final class DetectedIssues {

  private static final String PROFILE = Canonicals.structureDefinition("datafel");
  private static final String ELEMENT = Canonicals.structureDefinition("felaktigt-element");
  private static final String MEASURE = Canonicals.structureDefinition("berort-matt");

  private final DataRules rules;

  /** In the words of those rules. */
  public DetectedIssues(DataRules rules) {
    this.rules = rules;
  }

  /**
   * The fact as a resource, in Swedish. What is sure is final and high; what a person should look
   * at is preliminary and moderate.
   */
  public DetectedIssue of(KeptFact kept) {
    Fact fact = kept.fact();
    DataRule rule = rules.of(fact.rule());
    boolean error = rule.severity() == Severity.ERROR;
    DetectedIssue issue = new DetectedIssue();
    issue.setId(fact.id());
    issue.getMeta().addProfile(PROFILE);
    issue.addExtension(ELEMENT, new StringType(fact.element()));
    for (MeasureReference measure : fact.measures()) {
      issue.addExtension(MEASURE, new CanonicalType(measure.canonical()));
    }
    issue.setStatus(error ? DetectedIssueStatus.FINAL : DetectedIssueStatus.PRELIMINARY);
    issue.setSeverity(error ? DetectedIssueSeverity.HIGH : DetectedIssueSeverity.MODERATE);
    issue
        .getCode()
        .addCoding()
        .setSystem(DataRules.SYSTEM)
        .setCode(rule.code())
        .setDisplay(rule.swedish().display());
    if (fact.patientId() != null) {
      issue.setPatient(new Reference("Patient/" + fact.patientId()));
    }
    issue.setIdentified(new DateTimeType(kept.since().toString()));
    issue.addImplicated(new Reference(fact.resource()));
    fact.others().forEach(it -> issue.addImplicated(new Reference(it)));
    issue.setDetail(rule.swedish().definition());
    issue.addMitigation().getAction().setText(rule.swedish().remedy());
    return issue;
  }

  /** What a DetectedIssue is found by: code, severity, patient, implicated. */
  List<IndexEntry> index(Fact fact) {
    boolean error = rules.of(fact.rule()).severity() == Severity.ERROR;
    List<IndexEntry> entries = new ArrayList<>();
    entries.add(IndexEntry.token("code", fact.rule()));
    entries.add(IndexEntry.token("severity", error ? "high" : "moderate"));
    if (fact.patientId() != null) {
      entries.add(IndexEntry.token("patient", "Patient/" + fact.patientId()));
    }
    entries.add(IndexEntry.token("implicated", fact.resource()));
    fact.others().stream()
        .distinct()
        .filter(it -> !it.equals(fact.resource()))
        .forEach(it -> entries.add(IndexEntry.token("implicated", it)));
    return entries;
  }

  /** The fact in a kept DetectedIssue. */
  static KeptFact read(JsonNode issue) {
    String element = "";
    TreeSet<MeasureReference> measures = new TreeSet<>();
    for (JsonNode extension : issue.path("extension")) {
      if (extension.path("url").asText().equals(ELEMENT)) {
        element = extension.path("valueString").asText();
      } else if (extension.path("url").asText().equals(MEASURE)) {
        measures.add(measure(extension.path("valueCanonical").asText()));
      }
    }
    List<String> implicated = new ArrayList<>();
    issue.path("implicated").forEach(it -> implicated.add(it.path("reference").asText()));
    String patient = issue.path("patient").path("reference").asText("");
    Fact fact =
        new Fact(
            issue.path("code").path("coding").path(0).path("code").asText(),
            implicated.get(0),
            element,
            idOf(patient),
            implicated.subList(1, implicated.size()),
            measures);
    return new KeptFact(fact, Instant.parse(issue.path("identifiedDateTime").asText()));
  }

  private static @Nullable String idOf(String patient) {
    return patient.isEmpty() ? null : patient.substring("Patient/".length());
  }

  private static MeasureReference measure(String canonical) {
    String[] parts = canonical.split("\\|", 2);
    return new MeasureReference(parts[0].substring(parts[0].lastIndexOf('/') + 1), parts[1]);
  }
}
