package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** read and search of one resource type. */
public class ReadProvider implements IResourceProvider {

  private final Shelf shelf;
  private final Class<? extends IBaseResource> type;

  /** Of that shelf. */
  public ReadProvider(Shelf shelf) {
    this.shelf = shelf;
    this.type = DoorServlet.implementingClass(shelf.type());
  }

  @Override
  public Class<? extends IBaseResource> getResourceType() {
    return type;
  }

  /** The current resource. */
  @Read
  public Resource read(@IdParam IdType id, RequestDetails request) {
    return shelf
        .read(Caller.of(request), id.getIdPart())
        .orElseThrow(() -> new ResourceNotFoundException(notFound(id)));
  }

  /** One page of a search; the parameters are read from the request, so that all are known. */
  @Search(allowUnknownParams = true)
  public Bundle search(RequestDetails request) {
    return SearchBundles.search(shelf, request);
  }

  /** The text for what is not there. */
  public static String notFound(IdType id) {
    return "There is no " + id.toUnqualified().getValue() + " here.";
  }
}
