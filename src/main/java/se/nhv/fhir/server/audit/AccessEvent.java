package se.nhv.fhir.server.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.Credential;

/**
 * An AuditEvent in the shape of IHE Basic Audit Log Patterns 1.1: a RESTful interaction with its
 * client, user, server, request, query and patients. It names a patient by the id at the source and
 * quotes nothing of what was searched for. Unlike those patterns it holds all the patients of one
 * request in one event, an entity each. Made and completed by one thread.
 */
final class AccessEvent {

  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String SERVER = "NHV FHIR adapter";

  private final AuditEvent event = new AuditEvent();

  /**
   * An access.
   *
   * @param subtype the interaction, as FHIR names it, or {@code operation}
   * @param recorded when
   */
  AccessEvent(String subtype, Instant recorded) {
    event.setType(new Coding(TERMINOLOGY + "audit-event-type", "rest", "Restful Operation"));
    event.addSubtype(new Coding("http://hl7.org/fhir/restful-interaction", subtype, null));
    event.setAction(action(subtype));
    event.setRecorded(Date.from(recorded));
    event.setOutcome(AuditEventOutcome._0);
    event.getSource().setSite(SERVER).setObserver(new Reference().setDisplay(SERVER));
    event
        .getSource()
        .addType(new Coding(TERMINOLOGY + "security-source-type", "4", "Application Server"));
  }

  private static AuditEventAction action(String subtype) {
    return switch (subtype) {
      case "create" -> AuditEventAction.C;
      case "read", "vread", "history-instance" -> AuditEventAction.R;
      case "update" -> AuditEventAction.U;
      case "delete" -> AuditEventAction.D;
      default -> AuditEventAction.E;
    };
  }

  /** It was refused: a minor failure, and why. */
  AccessEvent refused(String why) {
    event.setOutcome(AuditEventOutcome._4).setOutcomeDesc(why);
    return this;
  }

  /** The program and the person who asked, and from where. */
  AccessEvent by(Credential credential, String address) {
    Caller caller = credential.caller();
    AuditEventAgentComponent client = agent(DICOM, "110153", "Source Role ID");
    client.setRequestor(!(caller instanceof Caller.UnitStaff));
    client.getNetwork().setAddress(address).setType(AuditEventAgentNetworkType._2);
    String program = credential.client().isEmpty() ? caller.toString() : credential.client();
    client.getWho().setDisplay(caller.toString()).getIdentifier().setValue(program);
    if (caller instanceof Caller.UnitStaff staff) {
      AuditEventAgentComponent user =
          agent(TERMINOLOGY + "v3-ParticipationType", "IRCP", "information recipient");
      user.setRequestor(true);
      user.getWho().setDisplay(staff.name()).getIdentifier().setValue(staff.person());
    }
    return this;
  }

  /** This server, as the one that asked itself to. */
  AccessEvent bySchedule() {
    agent(DICOM, "110153", "Source Role ID")
        .setRequestor(true)
        .setWho(new Reference().setDisplay(SERVER));
    return this;
  }

  /** The unit for whose data the access was. */
  AccessEvent of(Unit unit) {
    AuditEventAgentComponent server = agent(DICOM, "110152", "Destination Role ID");
    server.setRequestor(false);
    Reference who = server.getWho().setDisplay(unit.hsaId());
    who.setReference("Organization/" + unit.hsaId()).setType(new Organization().fhirType());
    return this;
  }

  private AuditEventAgentComponent agent(String system, String code, String display) {
    AuditEventAgentComponent agent = event.addAgent();
    agent.setType(new CodeableConcept(new Coding(system, code, display)));
    return agent;
  }

  /** The request, by the id under which the log has it. */
  AccessEvent request(String id) {
    AuditEvent.AuditEventEntityComponent entity = event.addEntity();
    entity.setType(
        new Coding(
            "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType",
            "XrequestId",
            null));
    entity.getWhat().getIdentifier().setValue(id);
    return this;
  }

  /** What was asked: the path within the door and the names of its parameters, no values. */
  AccessEvent query(String query) {
    AuditEvent.AuditEventEntityComponent entity = event.addEntity();
    entity.setType(new Coding(TERMINOLOGY + "audit-entity-type", "2", "System Object"));
    entity.setRole(new Coding(TERMINOLOGY + "object-role", "24", "Query"));
    entity.setQuery(query.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A resource that was read or written. */
  AccessEvent data(String reference) {
    AuditEvent.AuditEventEntityComponent entity = event.addEntity();
    entity.setType(new Coding(TERMINOLOGY + "audit-entity-type", "2", "System Object"));
    entity.setRole(new Coding(TERMINOLOGY + "object-role", "4", "Domain Resource"));
    entity.setWhat(new Reference(reference));
    return this;
  }

  /** The patients whom it was about, by their ids. */
  AccessEvent patients(Collection<String> ids) {
    for (String id : ids) {
      AuditEvent.AuditEventEntityComponent entity = event.addEntity();
      entity.setType(new Coding(TERMINOLOGY + "audit-entity-type", "1", "Person"));
      entity.setRole(new Coding(TERMINOLOGY + "object-role", "1", "Patient"));
      entity.setWhat(new Reference("Patient/" + id));
    }
    return this;
  }

  /** The event, which has no id yet. */
  AuditEvent event() {
    return event;
  }
}
