package se.nhv.fhir.server.settings;

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
 * @param kind {@code search}, or {@code bulk} for Bulk Data {@code $export}
 * @param group the Group whose data are exported; absent for all Patients
 * @param fileOrigins origins beside the base's own from which exported files may be fetched,
 *     without a token
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
    @DefaultValue("search") String kind,
    @Nullable String group,
    @DefaultValue List<String> fileOrigins,
    @DefaultValue Auth auth,
    @DefaultValue Limits limits,
    @Nullable String schedule,
    @Nullable String full,
    @DefaultValue("false") boolean off) {

  /** Copies the lists. */
  public EndpointProperties {
    areas = List.copyOf(areas);
    fileOrigins = List.copyOf(fileOrigins);
  }

  /**
   * How the server shows who it is: a token, or SMART Backend Services; and in TLS a certificate.
   *
   * @param token a static bearer token; from the environment only
   * @param clientId the client id as the hospital has registered it, for SMART Backend Services
   * @param privateKey the file of the key whose public half is registered, a JWK or PKCS 8 in PEM
   * @param keyId the kid under which it is registered; absent: the JWK's own
   * @param tokenEndpoint where tokens are given out; absent: as the base's smart-configuration says
   * @param scope what is asked for; absent: {@code system/*.rs}
   * @param certificate the PEM file of a client certificate, for mTLS
   * @param key the PEM file of its private key
   * @param ca the PEM file of the authorities that are trusted; absent: the JDK's
   */
  public record Auth(
      @Nullable String token,
      @Nullable String clientId,
      @Nullable String privateKey,
      @Nullable String keyId,
      @Nullable String tokenEndpoint,
      @Nullable String scope,
      @Nullable String certificate,
      @Nullable String key,
      @Nullable String ca) {

    /** The kinds of it, never a secret. */
    @Override
    public String toString() {
      return (token == null ? "" : "token ")
          + (clientId == null ? "" : "SMART ")
          + (certificate == null ? "" : "mTLS");
    }
  }

  /**
   * How hard the endpoint may be asked.
   *
   * @param pageSize resources asked for a page, 1 to 10,000
   * @param timeout for one page, to its last byte
   * @param requestsPerSecond the most requests in a second, more than 0
   * @param parallel the most requests at once, from 1
   */
  public record Limits(
      @DefaultValue("200") int pageSize,
      @DefaultValue("60s") Duration timeout,
      @DefaultValue("50") double requestsPerSecond,
      @DefaultValue("4") int parallel) {}
}
