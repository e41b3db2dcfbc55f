package se.nhv.fhir.server.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where units' reports are submitted, under {@code nhv.national}.
 *
 * @param base the base of the report door of the national adapter, such as {@code
 *     https://host/fhir}; absent: this adapter is the national one, too
 * @param auth how this adapter shows there who it is
 * @param units how it does so for one unit of several, where each has an access of its own
 * @param timeout for an answer, to its last byte
 */
public record NationalProperties(
    @Nullable String base,
    @DefaultValue EndpointProperties.Auth auth,
    @DefaultValue List<UnitAuth> units,
    @DefaultValue("30s") Duration timeout) {

  /** Copies the list. */
  public NationalProperties {
    units = List.copyOf(units);
  }

  /**
   * The access of one unit, {@code nhv.national.units[n]}.
   *
   * @param unit its HSA-id
   * @param auth how the adapter shows that it submits for it
   */
  public record UnitAuth(
      @DefaultValue("") String unit, @DefaultValue EndpointProperties.Auth auth) {}
}
