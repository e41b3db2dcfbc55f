package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import se.nhv.fhir.measure.Canonicals;

/**
 * Every code of ours exists, and those that the contract asks for are there: the area of a request
 * or plan, the county of a referral.
 */
final class CodesKnown implements Rule {

  static final String UNKNOWN = "okand-kod";
  static final String LEFT_OUT = "kod-saknas";

  private static final Map<String, List<String>> CODED =
      Map.of(
          "Procedure", List.of("category", "reasonCode"),
          "ServiceRequest", List.of("category", "code"),
          "CarePlan", List.of("category"),
          "Observation", List.of("code", "valueCodeableConcept"),
          "Condition", List.of("code"),
          "DocumentReference", List.of("type"),
          "Communication", List.of("category"));

  private final Vocabulary vocabulary;

  CodesKnown(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource resource : chart.all()) {
      for (String element : CODED.getOrDefault(resource.type(), List.of())) {
        boolean unknown =
            resource.codings(element).stream()
                .anyMatch(
                    it -> Vocabulary.isOwn(it.system()) && !vocabulary.has(it.system(), it.code()));
        if (unknown) {
          findings.add(UNKNOWN, resource, path(resource, element));
        }
      }
      boolean ofAnArea =
          !resource.codes("code", Vocabulary.BEGARAN).isEmpty()
              || !resource.codes("category", Vocabulary.VARDPLAN).isEmpty();
      if (ofAnArea && resource.codes("category", Vocabulary.OMRADE).isEmpty()) {
        findings.add(LEFT_OUT, resource, resource.element("category"));
      }
    }
    chart.of("ServiceRequest").stream()
        .filter(DatedElements::isReferral)
        .forEach(it -> county(it, findings));
  }

  private void county(ChartResource referral, Findings findings) {
    String element = "ServiceRequest.extension('remitterande-region').value";
    JsonNode value =
        referral
            .extension(Canonicals.structureDefinition("remitterande-region"))
            .path("valueCoding");
    Set<String> areas = referral.codes("category", Vocabulary.OMRADE);
    boolean needed =
        areas.stream()
            .anyMatch(it -> vocabulary.flag(Vocabulary.OMRADE, it, "remitterande-region"));
    if (!value.isMissingNode() && !vocabulary.isCounty(value.path("code").asText(""))) {
      findings.add(WhoThePatientIs.UNKNOWN_COUNTY, referral, element);
    } else if (value.isMissingNode() && needed && CountedStatus.counts(referral)) {
      findings.add(WhoThePatientIs.NO_COUNTY, referral, element);
    }
  }

  /** As FHIRPath writes a value that may be of several types. */
  private static String path(ChartResource resource, String element) {
    return resource.element(element.equals("valueCodeableConcept") ? "value" : element);
  }
}
