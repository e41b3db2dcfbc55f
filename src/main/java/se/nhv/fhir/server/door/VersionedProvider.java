package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** read, vread, history and search of one resource type. */
public class VersionedProvider implements IResourceProvider {

  private final Shelf.Versioned shelf;
  private final Class<? extends IBaseResource> type;

  /** Of that shelf. */
  public VersionedProvider(Shelf.Versioned shelf) {
    this.shelf = shelf;
    this.type = DoorServlet.implementingClass(shelf.type());
  }

  @Override
  public Class<? extends IBaseResource> getResourceType() {
    return type;
  }

  /** The current resource, or the version that the id names. */
  @Read(version = true)
  public Resource read(@IdParam IdType id, RequestDetails request) {
    Caller caller = Caller.of(request);
    Optional<Resource> found =
        id.hasVersionIdPart()
            ? version(id).flatMap(version -> shelf.read(caller, id.getIdPart(), version))
            : shelf.read(caller, id.getIdPart());
    return found.orElseThrow(() -> new ResourceNotFoundException(ReadProvider.notFound(id)));
  }

  /** Every version, the newest first, deletions among them. */
  @History
  public IBundleProvider history(@IdParam IdType id, RequestDetails request) {
    List<? extends Resource> versions = shelf.history(Caller.of(request), id.getIdPart());
    if (versions.isEmpty()) {
      throw new ResourceNotFoundException(ReadProvider.notFound(id));
    }
    return new SimpleBundleProvider(versions);
  }

  /** One page of a search; the parameters are read from the request, so that all are known. */
  @Search(allowUnknownParams = true)
  public Bundle search(RequestDetails request) {
    return SearchBundles.search(shelf, request);
  }

  private static Optional<Long> version(IdType id) {
    return id.getVersionIdPart().matches("[1-9][0-9]{0,17}")
        ? Optional.of(id.getVersionIdPartAsLong())
        : Optional.empty();
  }
}
