package se.nhv.fhir.server;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A hospital's FHIR endpoint from which a unit's data are pulled, {@code nhv.endpoints[n]}.
 *
 * @param id its name in jobs, logs and metrics: letters, digits, {@code .} and {@code -}
 * @param unit the HSA-id of the unit whose data it holds
 * @param base the base URL, http or https
 * @param areas the areas whose data are asked for; absent for all
 * @param auth how the server shows who it is
 * @param limits how hard the endpoint may be asked
 * @param schedule when what has changed is pulled: a cron expression of five fields in
 *     Europe/Stockholm; absent for never
 * @param full when everything is pulled again, likewise
 * @param off whether it is not to be asked at all, for a time
 */
public record EndpointProperties(
    @DefaultValue("") String id,
    @DefaultValue("") String unit,
    @DefaultValue("") String base,
    @DefaultValue List<String> areas,
    @DefaultValue Auth auth,
    @DefaultValue Limits limits,
    @Nullable String schedule,
    @Nullable String full,
    @DefaultValue("false") boolean off) {

  /** Copies the list. */
  public EndpointProperties {
    areas = List.copyOf(areas);
  }

  /**
   * How the server shows who it is; without any of it, not at all.
   *
   * @param token a static bearer token; from the environment only
   */
  public record Auth(@Nullable String token) {

    /** Nothing of it: it is secret. */
    @Override
    public String toString() {
      return token == null ? "none" : "token";
    }
  }

  /**
   * How hard the endpoint may be asked.
   *
   * @param pageSize resources asked for a page, 1 to 10,000
   * @param timeout for one page, to its last byte
   */
  public record Limits(
      @DefaultValue("200") int pageSize, @DefaultValue("60s") Duration timeout) {}
}
