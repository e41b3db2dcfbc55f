package se.nhv.fhir.server.door;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** HAPI's server as a door: the given providers, one statement, no word of what runs it. */
public final class DoorServlet extends RestfulServer {

  private static final long serialVersionUID = 1L;

  /**
   * A door of those parts, which says that statement of itself.
   *
   * @param interceptors what else watches over it
   */
  public DoorServlet(
      DoorStatement statement, List<DoorPart> parts, Meters meters, List<?> interceptors) {
    super(FhirContext.forR4Cached());
    // A signature is of a version, and a sum of revisions: the references say which.
    getFhirContext().getParserOptions().setStripVersionsFromReferences(false);
    setServerConformanceProvider(statement);
    setDefaultPreferReturn(PreferReturnEnum.OPERATION_OUTCOME);
    setUncompressIncomingContents(false);
    registerProviders(parts.stream().flatMap(it -> it.providers().stream()).toList());
    registerInterceptor(
        new DoorRules(meters, parts.stream().flatMap(it -> it.failures().stream()).toList()));
    interceptors.forEach(this::registerInterceptor);
  }

  /** HAPI's class of that resource type. */
  static Class<? extends IBaseResource> implementingClass(String type) {
    return FhirContext.forR4Cached().getResourceDefinition(type).getImplementingClass();
  }

  @Override
  public void addHeadersToResponse(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
