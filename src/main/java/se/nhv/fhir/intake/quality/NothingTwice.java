package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * No Procedure under the permit stands twice, by atgard and day, and no referral or plan twice, by
 * content. The later of two by id is told.
 */
final class NothingTwice implements Rule {

  static final String CODE = "dubblett";

  @Override
  public void check(Chart chart, Findings findings) {
    Map<String, ChartResource> seen = new HashMap<>();
    for (ChartResource resource : chart.all()) {
      if (CountedStatus.counts(resource)) {
        Optional<String> content = content(resource);
        ChartResource earlier =
            content.isEmpty() ? null : seen.putIfAbsent(content.get(), resource);
        if (earlier != null) {
          findings.add(CODE, resource, resource.type(), earlier);
        }
      }
    }
  }

  private static Optional<String> content(ChartResource resource) {
    return switch (resource.type()) {
      case "Procedure" -> procedure(resource);
      case "ServiceRequest" ->
          DatedElements.isReferral(resource) && !DatedElements.isRefused(resource)
              ? Optional.of(withoutNames(resource))
              : Optional.empty();
      case "CarePlan" ->
          resource.codes("category", Vocabulary.VARDPLAN).isEmpty()
              ? Optional.empty()
              : Optional.of(withoutNames(resource));
      default -> Optional.empty();
    };
  }

  private static Optional<String> procedure(ChartResource procedure) {
    boolean isPart =
        procedure.references("partOf").stream()
            .anyMatch(it -> ChartResource.relative(it).startsWith("Procedure/"));
    var codes = procedure.codes("category", Vocabulary.ATGARD);
    Optional<LocalDate> day = DatedElements.performed(procedure).day();
    return codes.isEmpty() || day.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Procedure" + codes + day.get() + (isPart ? procedure.json().path("partOf") : ""));
  }

  /** All that it says but what its source calls it and when it was sent. */
  private static String withoutNames(ChartResource resource) {
    JsonNode copy = resource.json().deepCopy();
    if (copy instanceof ObjectNode object) {
      object.remove("id");
      object.remove("meta");
      object.remove("identifier");
      object.remove("text");
      object.remove("status");
    }
    return copy.toString();
  }
}
