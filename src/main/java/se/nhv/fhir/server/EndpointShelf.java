package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.run.jobs.EndpointStates;

/** How a unit's endpoints do; nobody sees another unit's. */
record EndpointShelf(EndpointStates states) implements Shelf {

  @Override
  public String type() {
    return "Endpoint";
  }

  @Override
  public List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(),
        new SearchParameter(
            "status", SearchParameter.Kind.CODE, "active, error, suspended or off."),
        new SearchParameter("name", SearchParameter.Kind.TEXT, "How the name begins."));
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return of(caller).read(caller, id);
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    return of(caller).search(caller, request);
  }

  private ConformanceShelf of(Caller caller) {
    return new ConformanceShelf(
        type(),
        parameters(),
        () ->
            states.of(
                caller
                    .unit()
                    .orElseThrow(
                        () ->
                            new ForbiddenOperationException("Only a unit's token passes here."))));
  }
}
