package se.nhv.fhir.server.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Interaction;
import se.nhv.fhir.server.door.StoredResources;
import se.nhv.fhir.server.door.TouchedPatients;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * Records every access to patient data at the intake door before its answer leaves: who, which
 * unit, when, what, and which patients; and who signs a report or hands it in. An operation over
 * all of a unit's patients lists none.
 */
@Interceptor
public final class IntakeAudit {

  private static final Set<String> OF_PATIENTS = Set.of("DetectedIssue", AuditLog.TYPE);
  private static final Set<String> WITHOUT_PATIENTS =
      Set.of("$map", "$cancel", "$resume", "$obligations");

  /** It writes its answer itself, past the hook for answers. */
  private static final String QUALITY = "$quality";

  private final ResourceStore store;
  private final AuditLog log;
  private final Clock clock;

  IntakeAudit(ResourceStore store, AuditLog log, Clock clock) {
    this.store = store;
    this.log = log;
    this.clock = clock;
  }

  /** Records an operation that writes its answer itself, before it begins. */
  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = 1000)
  public void before(RequestDetails request) {
    if (Interaction.of(request).code().equals(QUALITY)) {
      keep(request, Set.of());
    }
  }

  /** Records everything else, when its answer is ready. */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answered(RequestDetails request, @Nullable IBaseResource answer) {
    Interaction asked = Interaction.of(request);
    if (meetsPatients(asked)) {
      Set<String> patients = new TreeSet<>(TouchedPatients.of(request));
      if (!asked.isOperation() || asked.code().equals("$original")) {
        if (answer instanceof Resource resource) {
          patients.addAll(TouchedPatients.of(resource));
        }
        if (asked.code().equals("delete")) {
          patients.addAll(deleted(request));
        }
      }
      keep(request, patients);
    }
  }

  private static boolean meetsPatients(Interaction asked) {
    if (asked.isOperation()) {
      return !WITHOUT_PATIENTS.contains(asked.code()) && !asked.code().equals(QUALITY);
    }
    return asked.code().equals("transaction")
        || OF_PATIENTS.contains(asked.type())
        || (AcceptedTypes.contains(asked.type()) && AcceptedTypes.hasSubject(asked.type()));
  }

  private void keep(RequestDetails request, Set<String> patients) {
    Credential credential = Credential.of(request);
    Unit unit = credential.caller().requireUnit();
    Requests.Asked asked = Requests.asked((ServletRequestDetails) request);
    AccessEvent event =
        new AccessEvent(asked.subtype(), clock.instant())
            .by(credential, asked.address())
            .of(unit)
            .request(asked.id())
            .query(asked.query());
    if (asked.instance() != null) {
      event.data(asked.instance());
    }
    log.keep(Partitions.audit(unit), event.patients(patients).event());
  }

  /** Whom a resource was about that now is deleted, as its versions say. */
  private Set<String> deleted(RequestDetails request) {
    Unit unit = Credential.of(request).caller().requireUnit();
    String type = request.getResourceName();
    String id = request.getId().getIdPart();
    if (type.equals("Patient")) {
      return Set.of(id);
    }
    return store.history(new ResourceKey(Partitions.care(unit), type, id)).stream()
        .filter(it -> !it.deleted())
        .findFirst()
        .map(IntakeAudit::patients)
        .orElse(Set.of());
  }

  private static Set<String> patients(StoredVersion version) {
    return TouchedPatients.of(StoredResources.toResource(version));
  }
}
