package se.nhv.fhir.server.national;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.obligation.Permit;
import se.nhv.fhir.server.settings.NationalProperties;
import se.nhv.fhir.server.settings.PermitProperties;

/** Judges the settings of permits and of the national side; a fault is told with its setting. */
public record NationalChecks(BiConsumer<String, String> faults) {

  /** Judges {@code nhv.permits}. */
  public void permits(List<PermitProperties> permits) {
    List<Permit> whole = new ArrayList<>();
    for (int i = 0; i < permits.size(); i++) {
      PermitProperties permit = permits.get(i);
      String name = "nhv.permits[" + i + "]";
      boolean unit = holds(() -> new Unit(permit.unit()), name + ".unit", "must be an HSA-id");
      boolean area =
          holds(() -> new Area(permit.area()), name + ".area", "must be an area, such as net");
      if (permit.from() == null) {
        faults.accept(name + ".from", "must be the first day, such as 2019-07-01");
      } else if (permit.to() != null && permit.to().isBefore(permit.from())) {
        faults.accept(name + ".to", "must not be before its first day");
      } else if (unit && area) {
        Permit read = Permits.permit(permit);
        if (whole.stream().anyMatch(read::overlaps)) {
          faults.accept(name, "must not overlap another of the same unit and area");
        }
        whole.add(read);
      }
    }
  }

  /** Judges {@code nhv.national}. */
  public void national(NationalProperties national) {
    boolean units = true;
    for (int i = 0; i < national.units().size(); i++) {
      String unit = national.units().get(i).unit();
      units &=
          holds(() -> new Unit(unit), "nhv.national.units[" + i + "].unit", "must be an HSA-id");
    }
    if (!units) {
      return;
    }
    if (national.timeout().toMillis() < 1) {
      faults.accept("nhv.national.timeout", "must be a duration, such as 30s");
    } else {
      try {
        RemoteDoor.of(national);
      } catch (IllegalArgumentException e) { // its messages hold no secret
        faults.accept("nhv.national", "cannot be used: " + e.getMessage());
      }
    }
  }

  private boolean holds(Runnable construction, String name, String message) {
    try {
      construction.run();
      return true;
    } catch (IllegalArgumentException e) {
      faults.accept(name, message);
      return false;
    }
  }
}
