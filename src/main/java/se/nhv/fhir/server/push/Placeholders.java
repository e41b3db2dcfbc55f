package se.nhv.fhir.server.push;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.DerivedIds;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceStore;

/**
 * References of a transaction to its own entries by {@code urn:uuid:} (FHIR R4, http.html#trules):
 * each becomes the type and id under which the entry is, or will be, stored.
 */
final class Placeholders {

  private final FhirTerser terser = FhirContext.forR4Cached().newTerser();
  private final ResourceStore store;

  Placeholders(ResourceStore store) {
    this.store = store;
  }

  /**
   * Resolves the references within the resources of the entries.
   *
   * @return what the entries hand in thereafter; all were told before to hand in something
   */
  List<Delivery> resolve(Unit unit, List<BundleEntry> entries) {
    Map<String, String> targets = new HashMap<>();
    for (BundleEntry entry : entries) {
      String fullUrl = entry.fullUrl();
      String target = fullUrl == null ? null : target(unit, entry.delivery());
      if (fullUrl != null && target != null && fullUrl.startsWith("urn:")) {
        targets.put(fullUrl, target);
      }
    }
    return entries.stream()
        .map(entry -> Objects.requireNonNull(entry.delivery(), "refused entries were told before"))
        .map(delivery -> resolved(targets, delivery))
        .toList();
  }

  private Delivery resolved(Map<String, String> targets, Delivery delivery) {
    Resource resource = targets.isEmpty() ? null : resource(delivery);
    if (resource == null || !resolves(targets, resource)) {
      return delivery;
    }
    return delivery instanceof Delivery.Update update
        ? new Delivery.Update(resource, update.expectedVersion())
        : delivery;
  }

  private boolean resolves(Map<String, String> targets, Resource resource) {
    boolean any = false;
    for (ResourceReferenceInfo info : terser.getAllResourceReferences(resource)) {
      String target = targets.get(info.getResourceReference().getReferenceElement().getValue());
      if (target != null) {
        info.getResourceReference().setReference(target);
        any = true;
      }
    }
    return any;
  }

  private static @Nullable Resource resource(Delivery delivery) {
    if (delivery instanceof Delivery.Update update) {
      return update.resource();
    }
    return delivery instanceof Delivery.CreateIfNoneExist create ? create.resource() : null;
  }

  private @Nullable String target(Unit unit, @Nullable Delivery delivery) {
    if (delivery instanceof Delivery.Update update) {
      return update.resource().fhirType() + "/" + update.resource().getIdElement().getIdPart();
    }
    return delivery instanceof Delivery.CreateIfNoneExist create
        ? create.resource().fhirType() + "/" + id(unit, create)
        : null;
  }

  private String id(Unit unit, Delivery.CreateIfNoneExist create) {
    String type = create.resource().fhirType();
    Query.Criterion identifier =
        new Query.Criterion(
            "identifier", Query.Comparison.EQUAL, List.of(create.system() + "|" + create.value()));
    Page present =
        store.search(new Query(unit.hsaId(), type, List.of(identifier), null, null, null, 1));
    return present.versions().isEmpty()
        ? DerivedIds.of(unit, type, create.system(), create.value())
        : present.versions().get(0).key().id();
  }
}
