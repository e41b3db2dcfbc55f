package se.nhv.fhir.intake.pull.hospitals;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import se.nhv.fhir.measure.RawResource;

/** Thinks before each answer. */
public final class SlowHospital extends ScriptedHospital {

  /** A hospital that holds these. */
  public SlowHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected boolean disturb(HttpExchange exchange) throws IOException {
    try {
      Thread.sleep(40);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
