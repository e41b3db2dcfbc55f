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
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.door.Outcomes;

/**
 * Who may pass, decided before anything else reads the request. Denied unless allowed:
 *
 * <table>
 * <caption>Who may pass</caption>
 * <tr><th>path</th><th>without token</th><th>unit</th><th>authority</th><th>operator</th></tr>
 * <tr><td>metadata of a door, health</td><td>yes</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>/intake</td><td>401</td><td>its own data</td><td>403</td><td>403</td></tr>
 * <tr><td>/fhir</td><td>401, or GET where reports are public</td><td>its own reports</td>
 * <td>yes</td><td>403</td></tr>
 * <tr><td>/actuator/prometheus</td><td>401</td><td>403</td><td>403</td><td>GET</td></tr>
 * <tr><td>anything else</td><td>401</td><td>404</td><td>404</td><td>403</td></tr>
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
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness");
  private static final Set<String> DEFINITIONS =
      Set.of(
          "/fhir/Measure",
          "/fhir/Library",
          "/fhir/ValueSet",
          "/fhir/CodeSystem",
          "/fhir/StructureDefinition");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final String METRICS = "/actuator/prometheus";

  private final AccessTokens tokens;
  private final boolean publicReports;
  private final Meters meters;

  /** With the tokens that pass; publicReports opens the report door to all. */
  public AccessFilter(AccessTokens tokens, boolean publicReports, Meters meters) {
    this.tokens = tokens;
    this.publicReports = publicReports;
    this.meters = meters;
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
    String authorization = request.getHeader("Authorization");
    Optional<Caller> caller =
        authorization == null ? anyone(request, path) : tokens.caller(authorization);
    if (caller.isEmpty()) {
      unauthorized(response, authorization != null);
    } else if (!isOpen(request, path) && forbidden(caller.get(), request, path) != null) {
      Outcomes.write(
          response,
          403,
          IssueType.FORBIDDEN,
          String.valueOf(forbidden(caller.get(), request, path)));
    } else {
      caller.get().unit().ifPresent(unit -> MDC.put("unit", unit.hsaId()));
      request.setAttribute(Caller.ATTRIBUTE, caller.get());
      passed(request, response, chain, caller.get());
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
    if (caller instanceof Caller.Developer && DEFINITIONS.stream().noneMatch(d -> isAt(path, d))) {
      return "A developer's token reads definitions at the report door, and nothing else.";
    }
    if (caller instanceof Caller.UnitStaff && !READING.contains(request.getMethod())) {
      return "The token of a unit's staff reads, and pushes nothing.";
    }
    return caller instanceof Caller.Authority && isAt(path, "/intake")
        ? "Patient data is behind the intake door, for the unit that sent it only."
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

  private Optional<Caller> anyone(HttpServletRequest request, String path) {
    boolean allowed =
        isOpen(request, path)
            || (publicReports && READING.contains(request.getMethod()) && isAt(path, "/fhir"));
    return allowed ? Optional.of(new Caller.Anyone()) : Optional.empty();
  }

  private static boolean isOpen(HttpServletRequest request, String path) {
    return READING.contains(request.getMethod()) && OPEN.contains(path);
  }

  private static boolean isAt(String path, String door) {
    return path.equals(door) || path.startsWith(door + "/");
  }

  private static boolean isAmbiguous(String path) {
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

  private static void unauthorized(HttpServletResponse response, boolean sent) throws IOException {
    response.setHeader(
        "WWW-Authenticate", "Bearer realm=\"nhv\"" + (sent ? ", error=\"invalid_token\"" : ""));
    Outcomes.write(
        response,
        401,
        IssueType.LOGIN,
        sent
            ? "The token is not known here."
            : "A token is needed here: send the header Authorization: Bearer with the unit's or the"
                + " authority's token.");
  }
}
