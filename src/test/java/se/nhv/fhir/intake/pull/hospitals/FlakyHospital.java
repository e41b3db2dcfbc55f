package se.nhv.fhir.intake.pull.hospitals;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import se.nhv.fhir.measure.RawResource;

/** Now and then busy, broken or gone, by a seeded chance. */
public final class FlakyHospital extends ScriptedHospital {

  private final Random chance = new Random(5);

  /** A hospital that holds these. */
  public FlakyHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected synchronized boolean disturb(HttpExchange exchange) throws IOException {
    double fate = chance.nextDouble();
    if (fate < 0.15) {
      exchange.getResponseHeaders().set("Retry-After", "0");
      send(exchange, 503, outcome());
    } else if (fate < 0.2) {
      send(exchange, 500, outcome());
    } else if (fate < 0.22) {
      exchange.close();
    }
    return fate < 0.22;
  }
}
