package se.nhv.fhir.server.access;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.IssuerProperties;

/**
 * Judges the settings of issuers and of limits; a fault is a setting's name and what it must be.
 */
public final class AccessChecks {

  private static final Duration MOST_SKEW = Duration.ofMinutes(1);
  private static final Duration MOST_LIFE = Duration.ofDays(1);
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final BiConsumer<String, String> faults;

  /** Tells the faults to that consumer. */
  public AccessChecks(BiConsumer<String, String> faults) {
    this.faults = faults;
  }

  /** Judges all of them but the static tokens. */
  public void access(AccessProperties access) {
    String from1 = "must be 1 or more";
    check(access.requestsPerSecond() >= 1, "nhv.access.requests-per-second", from1);
    check(access.burst() >= 1, "nhv.access.burst", from1);
    check(access.failuresPerMinute() >= 1, "nhv.access.failures-per-minute", from1);
    List<IssuerProperties> issuers = access.issuers();
    for (int i = 0; i < issuers.size(); i++) {
      issuer(issuers.get(i), "nhv.access.issuers[" + i + "]");
    }
    check(
        issuers.stream().map(IssuerProperties::issuer).distinct().count() == issuers.size(),
        "nhv.access.issuers",
        "must not name the same issuer twice");
  }

  private void issuer(IssuerProperties issuer, String name) {
    String https = "must be a URL with https, or with http on this machine";
    check(issuer.issuer() != null && isSafe(issuer.issuer()), name + ".issuer", https);
    check(absentOrSafe(issuer.jwksUri()), name + ".jwks-uri", https);
    check(absentOrSafe(issuer.tokenEndpoint()), name + ".token-endpoint", https);
    check(
        !issuer.audience().isBlank(),
        name + ".audience",
        "must be what the issuer's tokens name as their audience");
    check(
        !issuer.roles().isEmpty()
            && issuer.roles().stream().allMatch(it -> Role.of(it).isPresent()),
        name + ".roles",
        "must be some of unit, staff, authority, developer and operator");
    check(
        issuer.units().stream().allMatch(AccessProperties::isHsaId),
        name + ".units",
        "must be HSA-ids: 1 to 31 of A-Z, 0-9 and '-'");
    check(
        !issuer.longestLife().isNegative()
            && !issuer.longestLife().isZero()
            && issuer.longestLife().compareTo(MOST_LIFE) <= 0,
        name + ".longest-life",
        "must be above 0 and at most a day");
    check(
        !issuer.clockSkew().isNegative() && issuer.clockSkew().compareTo(MOST_SKEW) <= 0,
        name + ".clock-skew",
        "must be from 0s to 60s");
  }

  private static boolean absentOrSafe(@Nullable URI url) {
    return url == null || isSafe(url);
  }

  /** Whether nobody between can read or change what is asked there. */
  static boolean isSafe(URI url) {
    return url.getHost() != null
        && url.getUserInfo() == null
        && url.getFragment() == null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && HERE.contains(url.getHost())));
  }

  private void check(boolean holds, String name, String message) {
    if (!holds) {
      faults.accept(name, message);
    }
  }
}
