package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import org.hl7.fhir.r4.model.CapabilityStatement;

/** A door's CapabilityStatement, the same for everyone. */
public final class DoorStatement implements IServerConformanceProvider<CapabilityStatement> {

  private final CapabilityStatement statement;

  /** Answers with that statement. */
  public DoorStatement(CapabilityStatement statement) {
    this.statement = statement;
  }

  @Override
  @Metadata
  public CapabilityStatement getServerConformance(
      HttpServletRequest request, RequestDetails details) {
    return statement.copy();
  }

  @Override
  public void setRestfulServer(RestfulServer server) {
    // The statement says what the door does; it is not derived from HAPI's bindings.
  }
}
