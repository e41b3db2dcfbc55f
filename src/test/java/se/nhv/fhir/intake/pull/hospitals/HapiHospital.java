package se.nhv.fhir.intake.pull.hospitals;

import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.RawResource;

/** A real HAPI plain server, searching by id and patient; it refuses parameters it has not. */
public final class HapiHospital implements Hospital {

  private final Tomcat tomcat = new Tomcat();

  /** A hospital that holds these. */
  public HapiHospital(List<RawResource> held, Path folder) throws LifecycleException {
    List<Resource> resources =
        held.stream().map(it -> StrictJson.parse(StrictJson.tree(it.json()))).toList();
    RestfulServer server = new RestfulServer(StrictJson.context());
    for (String type : AcceptedTypes.ALL) {
      server.registerProvider(
          new OneType(type, resources.stream().filter(it -> it.fhirType().equals(type)).toList()));
    }
    FifoMemoryPagingProvider paging = new FifoMemoryPagingProvider(100);
    paging.setDefaultPageSize(20);
    paging.setMaximumPageSize(20);
    server.setPagingProvider(paging);
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "fhir", server);
    context.addServletMappingDecoded("/fhir/*", "fhir");
    tomcat.getConnector();
    tomcat.start();
  }

  @Override
  public URI base() {
    return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/fhir");
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers searches of one type. */
  public static final class OneType implements IResourceProvider {
    private final String type;
    private final List<Resource> resources;

    OneType(String type, List<Resource> resources) {
      this.type = type;
      this.resources = resources;
    }

    @Override
    public Class<? extends Resource> getResourceType() {
      return StrictJson.context()
          .getResourceDefinition(type)
          .getImplementingClass()
          .asSubclass(Resource.class);
    }

    /** Those of these ids and patients. */
    @Search
    public List<Resource> search(
        @OptionalParam(name = "_id") @Nullable TokenOrListParam ids,
        @OptionalParam(name = "patient") @Nullable ReferenceOrListParam patients) {
      return resources.stream()
          .filter(
              it ->
                  ids == null
                      || ids.getValuesAsQueryTokens().stream()
                          .anyMatch(id -> id.getValue().equals(it.getIdPart())))
          .filter(
              it ->
                  patients == null
                      || patients.getValuesAsQueryTokens().stream()
                          .anyMatch(id -> subject(it).equals("Patient/" + id.getIdPart())))
          .toList();
    }

    private static String subject(Resource resource) {
      for (Base value : resource.getNamedProperty("subject").getValues()) {
        return ((Reference) value).getReference();
      }
      return "";
    }
  }
}
