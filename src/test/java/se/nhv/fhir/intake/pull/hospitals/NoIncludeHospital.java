package se.nhv.fhir.intake.pull.hospitals;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import se.nhv.fhir.measure.RawResource;

/** Refuses what asks for included resources. */
public final class NoIncludeHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public NoIncludeHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected boolean disturb(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().toString().contains("include=")) {
      return false;
    }
    send(exchange, 400, outcome());
    return true;
  }
}
