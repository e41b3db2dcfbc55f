package se.nhv.fhir.intake.pull;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Switches before a real server: what happens to the first, second, ... request. */
final class HospitalFaults implements Filter {

  /** What happens to a request. */
  enum Fault {
    NONE,
    BUSY,
    DOWN,
    CUT,
    LOGIN
  }

  private final AtomicInteger requests = new AtomicInteger();
  private volatile IntFunction<Fault> script = number -> Fault.NONE;

  /** Lets the requests from now on, numbered from 0, meet those faults. */
  void script(IntFunction<Fault> faults) {
    requests.set(0);
    script = faults;
  }

  void stand(Context context) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("faults");
    definition.setFilter(this);
    context.addFilterDef(definition);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("faults");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse answer = (HttpServletResponse) response;
    switch (script.apply(requests.getAndIncrement())) {
      case NONE -> chain.doFilter(request, response);
      case BUSY -> {
        answer.setHeader("Retry-After", "0");
        answer.setStatus(429);
      }
      case DOWN -> answer.setStatus(503);
      case CUT -> {
        answer.setContentType("application/fhir+json");
        answer.setContentLength(9_999);
        answer.getOutputStream().print("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"");
        answer.flushBuffer();
      }
      case LOGIN -> {
        answer.setContentType("text/html");
        answer.getOutputStream().print("<html>Log in</html>");
      }
    }
  }
}
