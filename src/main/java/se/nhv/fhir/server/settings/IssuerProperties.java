package se.nhv.fhir.server.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An OAuth 2 server whose tokens pass, {@code nhv.access.issuers[n]}.
 *
 * @param issuer as its tokens and its metadata name it, to the letter
 * @param jwksUri where its keys are; from its metadata if absent
 * @param tokenEndpoint where it gives out tokens; from its metadata if absent
 * @param audience what its tokens must name as the one they are for
 * @param roles what its tokens may say of a caller: unit, staff, authority, developer, operator
 * @param units the HSA-ids of the units for which it speaks; all if empty
 * @param roleClaim the claim with the role
 * @param unitClaim the claim with the HSA-id of the unit
 * @param personClaim the claim with the HSA-id of a person at a unit
 * @param nameClaim the claim with the name of a person at a unit
 * @param longestLife how long its tokens may be good for
 * @param clockSkew how much its clock may differ, at most a minute
 */
public record IssuerProperties(
    @Nullable URI issuer,
    @Nullable URI jwksUri,
    @Nullable URI tokenEndpoint,
    @DefaultValue("") String audience,
    @DefaultValue({"unit", "staff"}) List<String> roles,
    @DefaultValue List<String> units,
    @DefaultValue("role") String roleClaim,
    @DefaultValue("unit") String unitClaim,
    @DefaultValue("employeeHsaId") String personClaim,
    @DefaultValue("name") String nameClaim,
    @DefaultValue("1h") Duration longestLife,
    @DefaultValue("30s") Duration clockSkew) {

  /** Copies the lists. */
  public IssuerProperties {
    roles = List.copyOf(roles);
    units = List.copyOf(units);
  }
}
