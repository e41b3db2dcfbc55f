package se.nhv.fhir.intake.quality;

import java.util.List;
import java.util.Set;
import se.nhv.fhir.measure.Canonicals;

/** Where the data contract reads dates, in each resource of a patient. Immutable. */
final class DatedElements {

  private static final String REFUSED =
      "http://hl7.org/fhir/StructureDefinition/request-statusReason";
  private static final Set<String> VISITS = Set.of("AMB", "HH", "VR");
  private static final ChartResource.Coded EPIKRIS =
      new ChartResource.Coded("http://loinc.org", "18842-5");

  private final Vocabulary vocabulary;

  DatedElements(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The dates of the resource; none if the contract does not speak of it. */
  List<Dated> of(Chart chart, ChartResource resource) {
    return chart.dates(resource, () -> read(chart, resource));
  }

  private List<Dated> read(Chart chart, ChartResource resource) {
    return switch (resource.type()) {
      case "Patient" ->
          List.of(dated(resource, true, "birthDate"), dated(resource, false, "deceasedDateTime"));
      case "Procedure" ->
          resource.codes("category", Vocabulary.ATGARD).isEmpty()
              ? List.of()
              : List.of(performed(resource));
      case "ServiceRequest" -> request(chart, resource);
      case "Encounter" -> stay(resource);
      case "CarePlan" ->
          resource.codes("category", Vocabulary.VARDPLAN).isEmpty()
              ? List.of()
              : List.of(dated(resource, CountedStatus.counts(resource), "created"));
      case "Observation" -> observation(resource);
      case "QuestionnaireResponse" ->
          List.of(dated(resource, CountedStatus.counts(resource), "authored"));
      case "Condition" -> condition(resource);
      case "DocumentReference" ->
          resource.codings("type").contains(EPIKRIS)
              ? List.of(dated(resource, CountedStatus.counts(resource), "date"))
              : List.of();
      case "Communication" ->
          resource.codes("category", Vocabulary.OVERRAPPORTERING).isEmpty()
              ? List.of()
              : List.of(dated(resource, CountedStatus.counts(resource), "sent"));
      default -> List.of();
    };
  }

  /** The date of a Procedure: performed, or its start. */
  static Dated performed(ChartResource procedure) {
    boolean counts = CountedStatus.counts(procedure);
    return procedure.at("performedPeriod").isMissingNode()
        ? new Dated("Procedure.performed", procedure.date("performedDateTime"), counts)
        : new Dated(
            "Procedure.performed.start", procedure.date("performedPeriod", "start"), counts);
  }

  /** The date of that extension of a referral. */
  static Dated stamp(ChartResource referral, String extension, boolean required) {
    return new Dated(
        "ServiceRequest.extension('" + extension + "').value",
        referral.extensionDate(Canonicals.structureDefinition(extension)),
        required);
  }

  /** Whether the ServiceRequest is a referral. */
  static boolean isReferral(ChartResource request) {
    return request.codes("code", Vocabulary.BEGARAN).contains(Vocabulary.REFERRAL);
  }

  /** Whether the referral was refused. */
  static boolean isRefused(ChartResource referral) {
    return !referral.extension(REFUSED).isMissingNode();
  }

  private static Dated dated(ChartResource resource, boolean required, String path) {
    String element = path.startsWith("deceased") ? "deceased" : path;
    return new Dated(resource.element(element), resource.date(path), required);
  }

  private List<Dated> request(Chart chart, ChartResource request) {
    if (request.codes("code", Vocabulary.BEGARAN).isEmpty()) {
      return List.of();
    }
    boolean counts = CountedStatus.counts(request);
    if (!isReferral(request)) {
      return List.of(dated(request, counts, "authoredOn"));
    }
    boolean inForce = counts && !isRefused(request);
    List<String> counted =
        request.codes("category", Vocabulary.OMRADE).stream()
            .flatMap(it -> vocabulary.property(Vocabulary.OMRADE, it, "remissdatum").stream())
            .toList();
    boolean accepted = inForce && counted.contains("remiss-godkand") && isTakenUp(chart, request);
    return List.of(
        stamp(request, "remiss-registrerad", inForce && counted.contains("remiss-registrerad")),
        stamp(request, "remiss-godkand", accepted),
        dated(request, false, "authoredOn"));
  }

  /** One that nobody has taken up may not be accepted yet. */
  private static boolean isTakenUp(Chart chart, ChartResource referral) {
    return chart.of("Procedure").stream()
        .anyMatch(it -> Chart.lead(it.references("basedOn"), referral));
  }

  private static List<Dated> stay(ChartResource encounter) {
    boolean began = CountedStatus.counts(encounter);
    boolean left =
        encounter.status().equals("finished")
            && !VISITS.contains(encounter.at("class", "code").asText());
    return List.of(
        new Dated("Encounter.period.start", encounter.date("period", "start"), began),
        new Dated("Encounter.period.end", encounter.date("period", "end"), left));
  }

  private List<Dated> observation(ChartResource observation) {
    Set<String> codes = observation.codes("code", Vocabulary.OBSERVATION);
    if (codes.isEmpty()) {
      return List.of();
    }
    boolean tied = !observation.references("partOf").isEmpty();
    boolean always =
        codes.stream().anyMatch(it -> vocabulary.flag(Vocabulary.OBSERVATION, it, "datum"));
    boolean required = CountedStatus.counts(observation) && (always || !tied);
    return List.of(
        new Dated("Observation.effective", observation.date("effectiveDateTime"), required));
  }

  private List<Dated> condition(ChartResource condition) {
    boolean counted =
        !condition.codes("code", Vocabulary.ORGANSKADA).isEmpty()
            || condition.codings("code").stream().anyMatch(vocabulary::isCountedDiagnosis);
    if (!counted) {
      return List.of();
    }
    Dated onset = new Dated("Condition.onset", condition.date("onsetDateTime"), true);
    Dated recorded = new Dated("Condition.recordedDate", condition.date("recordedDate"), true);
    return List.of(onset.day().isPresent() || recorded.date().isEmpty() ? onset : recorded);
  }
}
