package se.nhv.fhir.server.jobs;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.run.jobs.EndpointStates;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.ConformanceShelf;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.SearchRequest;
import se.nhv.fhir.server.door.Shelf;

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
    return new ConformanceShelf(type(), parameters(), () -> states.of(caller.requireUnit()));
  }
}
