package se.nhv.fhir.server.access;

import static se.nhv.fhir.server.access.Role.ANYONE;
import static se.nhv.fhir.server.access.Role.AUTHORITY;
import static se.nhv.fhir.server.access.Role.DEVELOPER;
import static se.nhv.fhir.server.access.Role.STAFF;
import static se.nhv.fhir.server.access.Role.UNIT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.Interaction;
import se.nhv.fhir.server.door.Scopes;

/**
 * Who may do what, the whole of it: what no rule allows is refused. Whose resources a caller meets
 * is decided where they are kept, by the unit of the token.
 */
final class Permissions {

  private static final String READ = "read vread history-instance search-type ";
  private static final String WRITE = "create update delete ";
  private static final String CARE = String.join(" ", AcceptedTypes.ALL);
  private static final String DEFINITIONS =
      "Measure Library ValueSet CodeSystem StructureDefinition";

  private static final List<Rule> RULES =
      List.of(
          // The unit's side: its systems push, pull, map and evaluate; its staff read the results.
          rule(Door.INTAKE, CARE, READ + WRITE + "$original", UNIT),
          rule(Door.INTAKE, "ConceptMap StructureMap", READ + "update delete", UNIT),
          rule(Door.INTAKE, "Endpoint", READ, UNIT),
          rule(Door.INTAKE, "Task", "$cancel $resume", UNIT),
          rule(Door.INTAKE, Interaction.SYSTEM, "transaction $pull $report $map $unmapped", UNIT),
          rule(Door.INTAKE, Interaction.SYSTEM, "$quality", UNIT, STAFF),
          rule(Door.INTAKE, "Measure", "$evaluate-measure", UNIT, STAFF),
          rule(Door.INTAKE, "DetectedIssue Task MeasureReport Provenance", READ, UNIT, STAFF),
          // Two people sign; the unit, by either, hands in.
          rule(Door.INTAKE, "MeasureReport", "$review $approve", STAFF),
          rule(Door.INTAKE, "MeasureReport", "$submit", UNIT, STAFF),
          rule(Door.INTAKE, Interaction.SYSTEM, "$obligations", UNIT, STAFF),
          rule(Door.INTAKE, "AuditEvent", READ, STAFF),
          // The national side: what was submitted, and what it is counted by.
          rule(Door.REPORTS, "MeasureReport Organization", READ, UNIT, STAFF, AUTHORITY, ANYONE),
          rule(Door.REPORTS, Interaction.SYSTEM, "transaction", UNIT),
          rule(Door.REPORTS, "MeasureReport", "$differences", UNIT, STAFF, AUTHORITY, ANYONE),
          rule(Door.REPORTS, "MeasureReport", "$aggregate", AUTHORITY),
          rule(Door.REPORTS, "Task Provenance", READ, UNIT, STAFF, AUTHORITY),
          rule(Door.REPORTS, Interaction.SYSTEM, "$obligations", UNIT, STAFF, AUTHORITY),
          rule(Door.REPORTS, Interaction.SYSTEM, "$rates", AUTHORITY),
          rule(Door.REPORTS, "Task", "$accept $return", AUTHORITY),
          rule(Door.REPORTS, DEFINITIONS, READ, UNIT, STAFF, AUTHORITY, DEVELOPER, ANYONE),
          rule(Door.REPORTS, "AuditEvent", READ, AUTHORITY),
          rule(Door.REPORTS, Interaction.SYSTEM, "$publish", AUTHORITY),
          rule(
              Door.REPORTS,
              Interaction.SYSTEM,
              "$published",
              UNIT,
              STAFF,
              AUTHORITY,
              DEVELOPER,
              ANYONE));

  /** The letters that a scope must have for an interaction with its type. */
  private static final Map<String, String> LETTERS =
      Map.of(
          "read", "r",
          "vread", "r",
          "history-instance", "r",
          "search-type", "s",
          "create", "c",
          "update", "u",
          "delete", "d",
          "$original", "r",
          "$cancel", "u",
          "$resume", "u");

  /** What an operation that is about more than its type does, as a type and letters. */
  private static final Map<String, List<String>> OPERATIONS =
      Map.ofEntries(
          Map.entry("$evaluate-measure", List.of("MeasureReport", "r")),
          Map.entry("$differences", List.of("MeasureReport", "r")),
          Map.entry("$aggregate", List.of("MeasureReport", "s")),
          Map.entry("$report", List.of("MeasureReport", "cu")),
          Map.entry("$review", List.of("Provenance", "c")),
          Map.entry("$approve", List.of("Provenance", "c")),
          Map.entry("$submit", List.of("MeasureReport", "u")),
          Map.entry("$obligations", List.of("Task", "s")),
          Map.entry("$rates", List.of("Task", "s")),
          Map.entry("$accept", List.of("Task", "u")),
          Map.entry("$return", List.of("Task", "u")),
          Map.entry("$pull", List.of("Task", "c")),
          Map.entry("$quality", List.of("DetectedIssue", "s")),
          Map.entry("$map", List.of("ConceptMap", "r")),
          Map.entry("$unmapped", List.of("ConceptMap", "r")),
          Map.entry("$publish", List.of("MeasureReport", "cu")),
          Map.entry("$published", List.of("MeasureReport", "r")));

  private Permissions() {}

  private record Rule(Door door, Set<String> types, Set<String> codes, Set<Role> roles) {}

  private static Rule rule(Door door, String types, String codes, Role... roles) {
    return new Rule(
        door, Set.of(types.split(" ")), Set.of(codes.strip().split(" ")), Set.of(roles));
  }

  /** Whether the role may do that at that door. */
  static boolean allow(Role role, Door door, Interaction asked) {
    return RULES.stream()
        .anyMatch(
            it ->
                it.door() == door
                    && it.roles().contains(role)
                    && it.types().contains(asked.type())
                    && it.codes().contains(asked.code()));
  }

  /** Whether there is anything at that door that the role may do. */
  static boolean allow(Role role, Door door) {
    return RULES.stream().anyMatch(it -> it.door() == door && it.roles().contains(role));
  }

  /**
   * Whether the scopes hold that interaction. A transaction is held to them entry by entry; an
   * operation that is not named here takes a scope for everything.
   */
  static boolean allow(Scopes scopes, Interaction asked) {
    if (asked.code().equals("transaction")) {
      return true;
    }
    List<String> operation = OPERATIONS.get(asked.code());
    return operation != null
        ? scopes.allow(operation.get(0), operation.get(1))
        : scopes.allow(
            LETTERS.containsKey(asked.code()) ? asked.type() : "*",
            LETTERS.getOrDefault(asked.code(), "cruds"));
  }
}
