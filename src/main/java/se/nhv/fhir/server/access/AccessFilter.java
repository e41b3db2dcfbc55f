package se.nhv.fhir.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.web.filter.OncePerRequestFilter;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.door.Outcomes;

/**
 * Who may pass, decided before anything else reads the request. Denied unless allowed:
 *
 * <table>
 * <caption>Who may pass</caption>
 * <tr><th>path</th><th>without token</th><th>with a token</th></tr>
 * <tr><td>metadata and SMART configuration of a door, health</td><td>yes</td><td>yes</td></tr>
 * <tr><td>/intake, /fhir</td><td>401; GET at /fhir where reports are public</td>
 * <td>who has something to do there, held to {@link Permissions} thereafter</td></tr>
 * <tr><td>/actuator/prometheus</td><td>401</td><td>GET for the operator</td></tr>
 * <tr><td>anything else</td><td>401</td><td>404, and 403 for the operator</td></tr>
 * </table>
 *
 * <p>A token that is sent must be known, also where none is needed. The path is taken as it was
 * sent: what could be read in two ways is refused.
 */
public final class AccessFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
  private static final Set<String> OPEN =
      Set.of(
          "/fhir/metadata",
          "/intake/metadata",
          "/fhir" + SmartConfiguration.PATH,
          "/intake" + SmartConfiguration.PATH,
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final String METRICS = "/actuator/prometheus";

  private final Credentials credentials;
  private final RateLimits limits;
  private final boolean publicReports;
  private final Meters meters;
  private final AccessListener listener;

  /**
   * With what passes.
   *
   * @param publicReports opens the report door to all
   * @param listener told of what is refused
   */
  public AccessFilter(
      Credentials credentials,
      RateLimits limits,
      boolean publicReports,
      Meters meters,
      AccessListener listener) {
    this.credentials = credentials;
    this.limits = limits;
    this.publicReports = publicReports;
    this.meters = meters;
    this.listener = listener;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    MDC.put("request", UUID.randomUUID().toString());
    try {
      filter(request, response, chain);
    } finally {
      meters.answered(
          request.getRequestURI(),
          request.getMethod(),
          response.getStatus(),
          Duration.ofNanos(System.nanoTime() - start));
      MDC.remove("request");
      MDC.remove("unit");
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (isAmbiguous(path)) {
      Outcomes.write(
          response, 400, IssueType.INVALID, "The path can be read in more than one way.");
      return;
    }
    boolean sent = request.getHeader("Authorization") != null;
    Optional<Credential> credential;
    try {
      credential = sent ? credentials.of(request) : anyone(request, path);
    } catch (KeysUnavailableException e) {
      response.setHeader("Retry-After", "10");
      Outcomes.write(response, 503, IssueType.TRANSIENT, String.valueOf(e.getMessage()));
      return;
    }
    if (credential.isEmpty()) {
      unauthorized(request, response, sent);
    } else if (!limits.admit(credential.get(), request.getRemoteAddr())) {
      tooMany(response, limits.secondsForCaller());
    } else {
      known(request, response, chain, credential.get());
    }
  }

  private void known(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Credential credential)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    String refusal = isOpen(request, path) ? null : forbidden(credential.caller(), request, path);
    if (refusal != null) {
      listener.refused(request, 403, credential);
      Outcomes.write(response, 403, IssueType.FORBIDDEN, refusal);
      return;
    }
    credential.caller().unit().ifPresent(unit -> MDC.put("unit", unit.hsaId()));
    credential.leaveWith(request);
    passed(request, response, chain, credential.caller());
    if (response.getStatus() == 403) {
      listener.refused(request, 403, credential);
    }
  }

  /** Why the caller may not pass, or null. */
  private static @Nullable String forbidden(
      Caller caller, HttpServletRequest request, String path) {
    boolean metrics = path.equals(METRICS) && READING.contains(request.getMethod());
    if (caller instanceof Caller.Operator) {
      return metrics ? null : "The operator's token reads metrics and health, and nothing else.";
    }
    if (isAt(path, METRICS)) {
      return "Metrics are for the operator's token.";
    }
    if (isAt(path, "/intake") && !Permissions.allow(Role.of(caller), Door.INTAKE)) {
      return "Patient data is behind the intake door, for the unit that sent it only.";
    }
    return isAt(path, "/fhir") && !Permissions.allow(Role.of(caller), Door.REPORTS)
        ? "A token of this role may not pass the report door."
        : null;
  }

  private static void passed(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Caller caller)
      throws ServletException, IOException {
    long start = System.nanoTime();
    chain.doFilter(request, response);
    LOG.atLevel(request.getMethod().equals("POST") ? Level.INFO : Level.DEBUG)
        .log(
            "{} {} by {}: {}, {} ms",
            request.getMethod(),
            request.getServletPath(), // the door alone: what follows may identify a person
            caller,
            response.getStatus(),
            (System.nanoTime() - start) / 1_000_000);
  }

  private Optional<Credential> anyone(HttpServletRequest request, String path) {
    boolean allowed =
        isOpen(request, path)
            || (publicReports && READING.contains(request.getMethod()) && isAt(path, "/fhir"));
    return allowed ? Optional.of(Credential.NONE) : Optional.empty();
  }

  private static boolean isOpen(HttpServletRequest request, String path) {
    return READING.contains(request.getMethod()) && OPEN.contains(path);
  }

  private static boolean isAt(String path, String door) {
    return path.equals(door) || path.startsWith(door + "/");
  }

  private static boolean isAmbiguous(String path) {
    if (OPEN.contains(path)) {
      return false; // its one dot stands where it should
    }
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.contains("//")
        || lower.contains("/.")
        || lower.contains(";")
        || lower.contains("\\")
        || lower.contains("%2e")
        || lower.contains("%2f")
        || lower.contains("%5c")
        || lower.contains("%3b")
        || lower.contains("%25")
        || lower.contains("%00");
  }

  private void unauthorized(HttpServletRequest request, HttpServletResponse response, boolean sent)
      throws IOException {
    if (!limits.admitFailure(request.getRemoteAddr())) {
      tooMany(response, limits.secondsForFailure());
      return;
    }
    listener.refused(request, 401, null);
    response.setHeader(
        "WWW-Authenticate", "Bearer realm=\"nhv\"" + (sent ? ", error=\"invalid_token\"" : ""));
    Outcomes.write(
        response,
        401,
        IssueType.LOGIN,
        sent
            ? "The token is not known here, or no longer good."
            : "A token is needed here: send the header Authorization: Bearer with the unit's or the"
                + " authority's token.");
  }

  private static void tooMany(HttpServletResponse response, long seconds) throws IOException {
    response.setHeader("Retry-After", Long.toString(seconds));
    Outcomes.write(
        response,
        429,
        IssueType.THROTTLED,
        "Too many requests: wait " + seconds + " s and send them more slowly.");
  }
}
