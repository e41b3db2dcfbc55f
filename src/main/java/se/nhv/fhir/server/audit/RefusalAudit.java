package se.nhv.fhir.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.access.AccessListener;
import se.nhv.fhir.server.door.Credential;

/**
 * Records who was turned away, at the side whose door it was: for a known unit among its own
 * records. What was asked for is the method and the door alone, since the rest may be anything.
 */
final class RefusalAudit implements AccessListener {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalAudit.class);
  private static final Map<String, String> SUBTYPES =
      Map.of("GET", "read", "HEAD", "read", "POST", "create", "PUT", "update", "DELETE", "delete");

  private final AuditLog intake;
  private final AuditLog reports;
  private final Clock clock;

  RefusalAudit(AuditLog intake, AuditLog reports, Clock clock) {
    this.intake = intake;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public void refused(HttpServletRequest request, int status, @Nullable Credential credential) {
    boolean national = request.getRequestURI().startsWith("/fhir");
    Credential shown = credential == null ? Credential.NONE : credential;
    Optional<Unit> unit = shown.caller().unit();
    AccessEvent event =
        new AccessEvent(SUBTYPES.getOrDefault(request.getMethod(), "capabilities"), clock.instant())
            .refused(status == 401 ? "401: no good token" : "403: not allowed")
            .by(shown, request.getRemoteAddr())
            .request(String.valueOf(MDC.get("request")))
            .query(national ? "fhir" : "intake");
    unit.ifPresent(event::of);
    try {
      (national ? reports : intake)
          .keep(
              national
                  ? Partitions.audit()
                  : unit.map(Partitions::audit).orElse(Partitions.audit()),
              event.event());
    } catch (RuntimeException e) { // it is refused all the same
      LOG.error("A refusal was not recorded: {}", e.getClass().getSimpleName());
    }
  }
}
