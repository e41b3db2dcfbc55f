package se.nhv.fhir.intake.pull;

import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.StrictJson;

/** A real HAPI server that answers searches with what it is given, in pages. */
final class HospitalServer implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();

  HospitalServer(List<Resource> resources, int pageSize, String folder) throws LifecycleException {
    this(resources, pageSize, folder, new HospitalFaults());
  }

  HospitalServer(List<Resource> resources, int pageSize, String folder, HospitalFaults faults)
      throws LifecycleException {
    RestfulServer server = new RestfulServer(StrictJson.context());
    for (String type : AcceptedTypes.ALL) {
      server.registerProvider(
          new OneType(type, resources.stream().filter(it -> it.fhirType().equals(type)).toList()));
    }
    FifoMemoryPagingProvider paging = new FifoMemoryPagingProvider(100);
    paging.setDefaultPageSize(pageSize);
    paging.setMaximumPageSize(pageSize);
    server.setPagingProvider(paging);
    tomcat.setBaseDir(folder);
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder);
    Tomcat.addServlet(context, "fhir", server);
    context.addServletMappingDecoded("/fhir/*", "fhir");
    faults.stand(context);
    tomcat.getConnector();
    tomcat.start();
  }

  URI base() {
    return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/fhir");
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  /** Answers searches of one type. */
  static final class OneType implements IResourceProvider {
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

    /** All of them. */
    @Search
    public List<Resource> all() {
      return new ArrayList<>(resources);
    }
  }
}
