package se.nhv.fhir.server.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every setting of the server that is ours, under {@code nhv}. All faults are listed at once when
 * the server starts; a setting that does not exist is a fault too.
 *
 * <p>Each may come from {@code application.yaml} beside the jar, from the command line ({@code
 * --nhv.store.url=...}) or from the environment, in capitals with underscores: {@code
 * NHV_STORE_URL}, {@code NHV_STORE_PASSWORD}, {@code NHV_ACCESS_PUBLICREPORTS}, {@code
 * NHV_ACCESS_TOKENS_0_TOKEN}, {@code NHV_ACCESS_TOKENS_0_ROLE}, {@code NHV_ACCESS_TOKENS_0_UNIT}.
 *
 * @param store where resources are kept
 * @param access who may pass the doors
 * @param endpoints the hospitals' endpoints from which data are pulled
 * @param jobs how jobs run
 * @param retention how long patient data are kept
 * @param permits which units may give which care, and when
 * @param national where reports are submitted
 */
@ConfigurationProperties(prefix = "nhv", ignoreUnknownFields = false)
public record NhvProperties(
    @DefaultValue StoreProperties store,
    @DefaultValue AccessProperties access,
    @DefaultValue List<EndpointProperties> endpoints,
    @DefaultValue JobsProperties jobs,
    @DefaultValue RetentionProperties retention,
    @DefaultValue List<PermitProperties> permits,
    @DefaultValue NationalProperties national) {

  /** Copies the lists. */
  public NhvProperties {
    endpoints = List.copyOf(endpoints);
    permits = List.copyOf(permits);
  }
}
