package se.nhv.fhir.server.national;

import java.util.List;
import java.util.Objects;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.national.ExpectedUnit;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.obligation.Permit;
import se.nhv.fhir.server.settings.PermitProperties;

/** The permits of the settings. */
public record Permits(List<Permit> all) implements ExpectedUnits {

  /** Copies the list. */
  public Permits {
    all = List.copyOf(all);
  }

  static Permits of(List<PermitProperties> settings) {
    return new Permits(settings.stream().map(Permits::permit).toList());
  }

  static Permit permit(PermitProperties settings) {
    return new Permit(
        new Unit(settings.unit()),
        new Area(settings.area()),
        Objects.requireNonNull(settings.from()),
        settings.to());
  }

  @Override
  public List<ExpectedUnit> of(Area area) {
    return all.stream()
        .filter(it -> it.area().equals(area))
        .map(it -> new ExpectedUnit(it.unit(), it.from(), it.to()))
        .toList();
  }
}
