package se.nhv.fhir.server.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Clock;
import java.util.Set;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Interaction;

/** Records every access to reports at the report door before its answer leaves. */
@Interceptor
public final class ReportAudit {

  private static final Set<String> REPORTS =
      Set.of("MeasureReport", "Task", "Provenance", AuditLog.TYPE);

  private static final Set<String> AT_THE_DOOR = Set.of("transaction", "$obligations", "$rates");

  private final AuditLog log;
  private final Clock clock;

  ReportAudit(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Records the access when its answer is ready. */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answered(RequestDetails request) {
    Interaction interaction = Interaction.of(request);
    if (!REPORTS.contains(interaction.type()) && !AT_THE_DOOR.contains(interaction.code())) {
      return;
    }
    Credential credential = Credential.of(request);
    Requests.Asked asked = Requests.asked((ServletRequestDetails) request);
    AccessEvent event =
        new AccessEvent(asked.subtype(), clock.instant())
            .by(credential, asked.address())
            .request(asked.id())
            .query(asked.query());
    credential.caller().unit().ifPresent(event::of);
    if (asked.instance() != null) {
      event.data(asked.instance());
    }
    log.keep(Partitions.audit(), event.event());
  }
}
