package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** Searches answered with a Bundle whose links carry a cursor (FHIR R4, http.html#paging). */
final class SearchBundles {

  private SearchBundles() {}

  static Bundle search(Shelf shelf, RequestDetails request) {
    SearchRequest asked = SearchRequest.of(request.getParameters(), shelf.parameters());
    Shelf.Found found = shelf.search(Caller.of(request), asked);
    String base = request.getFhirServerBase() + "/" + shelf.type();
    Bundle bundle = new Bundle();
    bundle.setId(UUID.randomUUID().toString());
    bundle.setType(Bundle.BundleType.SEARCHSET);
    bundle.setTotal(Math.toIntExact(found.total()));
    bundle.addLink().setRelation("self").setUrl(base + "?" + asked.queryString(null));
    if (found.next() != null) {
      bundle.addLink().setRelation("next").setUrl(base + "?" + asked.queryString(found.next()));
    }
    for (Resource resource : found.resources()) {
      Bundle.BundleEntryComponent entry = bundle.addEntry();
      entry.setFullUrl(base + "/" + resource.getIdElement().getIdPart()).setResource(resource);
      entry.getSearch().setMode(Bundle.SearchEntryMode.MATCH);
    }
    return bundle;
  }
}
