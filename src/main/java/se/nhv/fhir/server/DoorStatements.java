package se.nhv.fhir.server;

import java.util.Date;
import java.util.List;
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
import se.nhv.fhir.measure.Canonicals;

/** The two doors' CapabilityStatements: exactly what each does. */
final class DoorStatements {

  private static final String SECURITY =
      "A static bearer token a unit and one for the authority, in the header Authorization; none is"
          + " needed for this statement.";

  private DoorStatements() {}

  /** The statement of the intake door. */
  static CapabilityStatement intake(
      Date date, List<DoorType> types, List<DoorType.Operation> operations) {
    CapabilityStatement statement =
        statement(
            "intake",
            date,
            "The intake door of a hospital unit: its systems push patient data by the source's own"
                + " ids, and the same push twice has one effect. A unit sees its own data only."
                + " Resources are read strictly: an unknown element is refused and named.");
    CapabilityStatementRestComponent rest = rest(statement, types, operations);
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
  static CapabilityStatement reports(Date date, List<DoorType> types) {
    CapabilityStatement statement =
        statement(
            "fhir",
            date,
            "The report door: summary MeasureReports and what they are counted by. No patient's data"
                + " is behind it. The authority reads every report, a unit its own.");
    rest(statement, types, List.of());
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
      CapabilityStatement statement, List<DoorType> types, List<DoorType.Operation> operations) {
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(RestfulCapabilityMode.SERVER);
    rest.getSecurity().setCors(false).setDescription(SECURITY);
    types.forEach(type -> resource(rest.addResource(), type));
    for (DoorType.Operation operation : operations) {
      rest.addOperation()
          .setName(operation.name())
          .setDefinition(operation.definition())
          .setDocumentation(operation.documentation());
    }
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

  /** $evaluate-measure at the type and the instance. */
  static DoorType.Operation evaluateMeasure() {
    return new DoorType.Operation(
        "evaluate-measure",
        "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure",
        "At the type with measure (a canonical), or at a Measure. Takes periodStart and periodEnd"
            + " (days), reportType summary, and asOf (the day for which it speaks; today if absent)."
            + " Stores nothing.");
  }

  /** $original at an instance. */
  static DoorType.Operation original() {
    return new DoorType.Operation(
        "original",
        Canonicals.ROOT + "/OperationDefinition/original",
        "GET at a resource: as the unit sent it, before its mapping; the resource itself where"
            + " mapping has changed nothing.");
  }

  /** $map at the system. */
  static DoorType.Operation map() {
    return new DoorType.Operation(
        "map",
        Canonicals.ROOT + "/OperationDefinition/map",
        "POST with resource (1..*) and mapping (0..*, ConceptMaps and StructureMaps to try in place"
            + " of those in force): each resource before and after, what was changed by which rule,"
            + " and the codes that stay unmapped. Stores nothing.");
  }

  /** $unmapped at the system. */
  static DoorType.Operation unmapped() {
    return new DoorType.Operation(
        "unmapped",
        Canonicals.ROOT + "/OperationDefinition/unmapped",
        "GET or POST: the codes among what is stored that neither the contract nor the unit's"
            + " mapping knows, by type, element, system and code with count, the most frequent first.");
  }

  /** $report at the system. */
  static DoorType.Operation report() {
    return new DoorType.Operation(
        "report",
        Canonicals.ROOT + "/OperationDefinition/report",
        "POST with area, reportingYear and asOf (today if absent): evaluates every Measure that the"
            + " year owes, keeps the reports and answers them as a collection Bundle; with Prefer:"
            + " respond-async as a job, with 202 and Content-Location of its Task.");
  }

  /** $pull at the system. */
  static DoorType.Operation pull() {
    return new DoorType.Operation(
        "pull",
        Canonicals.ROOT + "/OperationDefinition/pull",
        "POST with endpoint (may be absent when the unit has one) and mode, incremental (if absent)"
            + " or full: pulls as a job, with 202 and Content-Location of its Task.");
  }

  /** $cancel and $resume at a Task. */
  static List<DoorType.Operation> changeRun() {
    return List.of(
        new DoorType.Operation(
            "cancel",
            Canonicals.ROOT + "/OperationDefinition/cancel",
            "POST at a Task that is requested or in-progress: takes the run away, or asks it to"
                + " stop after its page or patient. Answers the Task."),
        new DoorType.Operation(
            "resume",
            Canonicals.ROOT + "/OperationDefinition/resume",
            "POST at a Task that failed, was cancelled or is incomplete: runs it again with the same"
                + " input. Answers the Task."));
  }

  /** $quality at the system. */
  static DoorType.Operation quality() {
    return new DoorType.Operation(
        "quality",
        Canonicals.ROOT + "/OperationDefinition/quality",
        "GET with area, reportingYear and asOf (today if absent): judges the unit's data anew and"
            + " answers a collection Bundle: Parameters with the lines by Measure, then a"
            + " DetectedIssue for each data error; with _format=text/csv a table of them.");
  }
}
