package se.nhv.fhir.server.door;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/** The two doors' CapabilityStatements: exactly what each does. */
public final class DoorStatements {

  private static final String SECURITY =
      "A static bearer token a unit and one for the authority, in the header Authorization; none is"
          + " needed for this statement.";

  private static final String SMART =
      " An OAuth 2 access token of the issuer that .well-known/smart-configuration names is taken"
          + " too, within its scopes.";

  private DoorStatements() {}

  /** Says that tokens of an OAuth 2 server are taken (R4, security-service SMART-on-FHIR). */
  public static CapabilityStatement withSmart(CapabilityStatement statement) {
    statement
        .getRestFirstRep()
        .getSecurity()
        .setDescription(SECURITY + SMART)
        .addService()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/restful-security-service")
        .setCode("SMART-on-FHIR");
    return statement;
  }

  /** The statement of the intake door. */
  public static CapabilityStatement intake(Date date, List<DoorPart> parts) {
    CapabilityStatement statement =
        statement(
            "intake",
            date,
            "The intake door of a hospital unit: its systems push patient data by the source's own"
                + " ids, and the same push twice has one effect. A unit sees its own data only."
                + " Resources are read strictly: an unknown element is refused and named.");
    CapabilityStatementRestComponent rest = rest(statement, parts);
    rest.addInteraction()
        .setCode(SystemRestfulInteraction.TRANSACTION)
        .setDocumentation(
            "At most 500 entries of PUT, DELETE and POST with ifNoneExist, all or none.");
    rest.addInteraction()
        .setCode(SystemRestfulInteraction.BATCH)
        .setDocumentation("The same entries, each for itself.");
    return statement;
  }

  /** The statement of the report door. */
  public static CapabilityStatement reports(Date date, List<DoorPart> parts) {
    CapabilityStatement statement =
        statement(
            "fhir",
            date,
            "The report door: summary MeasureReports and what they are counted by. No patient's data"
                + " is behind it. The authority reads every report, a unit its own.");
    rest(statement, parts);
    return statement;
  }

  private static CapabilityStatement statement(String door, Date date, String description) {
    CapabilityStatement statement = new CapabilityStatement();
    statement.setId(door);
    statement.setName("Nhv" + (door.equals("fhir") ? "Reports" : "Intake"));
    statement.setTitle("NHV FHIR adapter, /" + door);
    statement.setStatus(PublicationStatus.ACTIVE);
    statement.setDate(date);
    statement.setPublisher("NHV FHIR adapter");
    statement.setDescription(description);
    statement.setKind(CapabilityStatementKind.INSTANCE);
    statement.getSoftware().setName("NHV FHIR adapter");
    String version = DoorStatements.class.getPackage().getImplementationVersion();
    if (version != null) {
      statement.getSoftware().setVersion(version);
    }
    statement.getImplementation().setDescription(description);
    statement.setFhirVersion(FHIRVersion._4_0_1);
    statement.addFormat("application/fhir+json");
    statement.addFormat("json");
    return statement;
  }

  private static CapabilityStatementRestComponent rest(
      CapabilityStatement statement, List<DoorPart> parts) {
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(RestfulCapabilityMode.SERVER);
    rest.getSecurity().setCors(false).setDescription(SECURITY);
    Map<String, DoorType> types = new LinkedHashMap<>();
    for (DoorPart part : parts) {
      part.types().forEach(type -> types.merge(type.type(), type, DoorType::and));
      for (DoorType.Operation operation : part.operations()) {
        rest.addOperation()
            .setName(operation.name())
            .setDefinition(operation.definition())
            .setDocumentation(operation.documentation());
      }
    }
    types.values().forEach(type -> resource(rest.addResource(), type));
    return rest;
  }

  private static void resource(CapabilityStatementRestResourceComponent resource, DoorType type) {
    resource.setType(type.type());
    type.interactions().forEach(code -> resource.addInteraction().setCode(code));
    boolean versioned = type.interactions().contains(TypeRestfulInteraction.VREAD);
    if (!type.interactions().isEmpty()) {
      resource.setVersioning(
          versioned ? ResourceVersionPolicy.VERSIONED : ResourceVersionPolicy.NOVERSION);
      resource.setReadHistory(versioned);
    }
    if (versioned) {
      resource.setConditionalRead(ConditionalReadStatus.NOTMATCH);
    }
    if (type.interactions().contains(TypeRestfulInteraction.CREATE)) {
      resource.setVersioning(ResourceVersionPolicy.VERSIONEDUPDATE);
      resource.setUpdateCreate(true).setConditionalCreate(true).setConditionalUpdate(false);
      resource.setDocumentation(
          "create takes If-None-Exist on one identifier (identifier=system|value) and is refused"
              + " without it.");
    }
    for (SearchParameter parameter : type.parameters()) {
      if (parameter.name().contains(":")) {
        continue; // a modifier of one that is named
      }
      resource
          .addSearchParam()
          .setName(parameter.name())
          .setType(parameter.type())
          .setDocumentation(parameter.documentation());
    }
    for (DoorType.Operation operation : type.operations()) {
      resource
          .addOperation()
          .setName(operation.name())
          .setDefinition(operation.definition())
          .setDocumentation(operation.documentation());
    }
  }
}
