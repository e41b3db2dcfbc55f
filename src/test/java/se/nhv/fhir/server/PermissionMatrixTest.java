package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.StoreDatabase;

/** Every cell of role, door, type and interaction, asked of a server that runs. */
class PermissionMatrixTest {

  private static final String ID = "matrix-res";
  private static final String GONE = "matrix-del";
  private static final String SECRET = "only-of-unit-a";

  private static Doors doors;
  private static String auditIntake;
  private static String auditReports;
  private static String step;

  @BeforeAll
  static void start() {
    doors =
        Doors.start(
            "--nhv.permits[0].unit=" + Doors.UNIT_A,
            "--nhv.permits[0].area=net",
            "--nhv.permits[0].from=2024-01-01");
    SavedReports.saveIn(doors);
    MatrixCell.all().stream()
        .filter(it -> it.door().equals("intake") && it.interaction().equals("create"))
        .filter(it -> it.expected().equals("ok"))
        .forEach(it -> List.of(ID, GONE).forEach(id -> put(it.type(), id)));
    List.of(ID, GONE).forEach(id -> put("ConceptMap", id));
    kept(Partitions.quality(new Unit(Doors.UNIT_A)), "DetectedIssue", "final", "");
    kept(Partitions.runs(new Unit(Doors.UNIT_A)), "Task", "completed", ",\"intent\":\"order\"");
    step = SavedReports.signedIn(doors);
    auditIntake = first(doors.get(Doors.STAFF_A, "/intake/AuditEvent"));
    doors.get(Doors.AUTHORITY, "/fhir/MeasureReport");
    auditReports = first(doors.get(Doors.AUTHORITY, "/fhir/AuditEvent"));
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  private static void put(String type, String id) {
    Answer put = doors.put(Doors.TOKEN_A, "/intake/" + type + "/" + id, resource(type, id, SECRET));
    assertThat(put.status()).as(put.body()).isIn(200, 201);
  }

  private static void kept(String partition, String type, String status, String more) {
    String json =
        "{\"resourceType\":\"%s\",\"id\":\"%s\",\"status\":\"%s\",\"language\":\"%s\"%s}"
            .formatted(type, ID, status, SECRET, more);
    doors
        .bean(StoreDatabase.class)
        .intake()
        .apply(
            List.of(
                new Change.Put(
                    new ResourceKey(partition, type, ID),
                    null,
                    List.of(),
                    json.getBytes(StandardCharsets.UTF_8),
                    null)));
  }

  private static String first(Answer bundle) {
    return bundle.json().at("/entry/0/resource/id").asText();
  }

  @Test
  void everyCellIsAsItIsWritten() {
    List<MatrixCell> cells = MatrixCell.all();
    List<String> successes = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (MatrixCell cell : cells) {
      Answer answer = ask(cell);
      if (!cell.isMetBy(answer, SECRET)) {
        boolean refused = answer.status() >= 400;
        (refused ? refusals : successes).add(cell + " but " + answer.status() + answer.body());
      }
    }
    System.out.printf(
        "matrix: %d cells, %d unexpected successes, %d unexpected refusals%n",
        cells.size(), successes.size(), refusals.size());
    assertThat(cells).hasSizeGreaterThanOrEqualTo(1000);
    successes.addAll(refusals);
    assertThat(new TreeSet<>(successes)).isEmpty();
    assertThat(doors.get(Doors.TOKEN_A, "/intake/Patient/" + ID).body()).contains(SECRET);
  }

  private static Answer ask(MatrixCell cell) {
    String type = "/" + cell.door() + (cell.type().equals("-") ? "" : "/" + cell.type());
    String one = type + "/" + id(cell);
    String token = cell.token();
    return switch (cell.interaction()) {
      case "read" -> doors.get(token, one);
      case "vread" -> doors.get(token, one + "/_history/1");
      case "history-instance" -> doors.get(token, one + "/_history");
      case "search-type" -> doors.get(token, type);
      case "$original" -> doors.get(token, one + "/$original");
      case "$obligations", "$rates" -> doors.get(token, type + "/" + cell.interaction());
      case "$review", "$approve" -> post(token, one + "/" + cell.interaction(), VERSION_1, "");
      case "$submit", "$accept" -> post(token, one + "/" + cell.interaction(), NO_PARAMETERS, "");
      case "$return" -> post(token, one + "/" + cell.interaction(), REASON, "");
      case "$cancel", "$resume" -> post(token, one + "/" + cell.interaction(), "", "");
      case "$differences" -> doors.get(token, one + "/$differences");
      case "$aggregate" ->
          doors.get(token, type + "/$aggregate?measure=" + Canonicals.measure("PROVB1"));
      case "$quality", "$unmapped" -> doors.get(token, type + "/" + cell.interaction());
      case "$evaluate-measure" -> doors.get(token, type + "/" + cell.interaction() + EVALUATED);
      case "$report" -> post(token, type + "/$report", REPORTED, "");
      case "$publish" -> post(token, type + "/$publish", "{\"resourceType\":\"Parameters\"}", "");
      case "$published" -> doors.get(token, type + "/$published?release=none");
      case "$pull" -> post(token, type + "/$pull", "", "");
      case "$map" -> post(token, type + "/$map", "{\"resourceType\":\"Parameters\"}", "");
      case "transaction" -> post(token, type, bundle(cell), "");
      case "create" ->
          post(
              token,
              type,
              resource(cell.type(), "x", cell.caller() == 0 ? SECRET : "own"),
              "urn:t|x");
      case "update" -> doors.send(json(token, one).PUT(BodyPublishers.ofString(written(cell))));
      case "delete" -> doors.send(doors.request(token, one).DELETE());
      default -> throw new IllegalStateException(cell.interaction());
    };
  }

  private static final String NO_PARAMETERS = "{\"resourceType\":\"Parameters\"}";
  private static final String VERSION_1 =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"version\",\"valueInteger\":1}]}";
  private static final String REASON =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\",\"valueString\":\"Fel\"}]}";
  private static final String EVALUATED =
      "?measure="
          + Canonicals.measure("PROVB1")
          + "%7C1.0.0&periodStart=2024-01-01&periodEnd=2024-12-31";
  private static final String REPORTED =
      """
      {"resourceType":"Parameters","parameter":[
        {"name":"area","valueString":"prov"},{"name":"reportingYear","valueInteger":2024}]}""";

  private static String written(MatrixCell cell) {
    return resource(cell.type(), id(cell), cell.caller() == 0 ? SECRET : "own");
  }

  private static String bundle(MatrixCell cell) {
    return """
    {"resourceType":"Bundle","type":"transaction","entry":[
      {"request":{"method":"PUT","url":"Patient/%1$s"},"resource":%2$s}]}"""
        .formatted(ID, resource("Patient", ID, cell.caller() == 0 ? SECRET : "own"));
  }

  private static String id(MatrixCell cell) {
    boolean intake = cell.door().equals("intake");
    if (cell.type().equals("AuditEvent")) {
      return intake ? auditIntake : auditReports;
    }
    if (intake && !cell.type().equals("MeasureReport")) {
      return cell.interaction().equals("delete") ? GONE : ID;
    }
    return Map.of(
            "MeasureReport",
            SavedReports.id("PROVB3", Doors.UNIT_A, 2024),
            "Provenance",
            step,
            "Measure",
            "PROVB1-1.0.0",
            "Library",
            "PROV-1.0.0",
            "Task",
            Doors.UNIT_A + "-net-2025")
        .getOrDefault(cell.type(), ID);
  }

  private static HttpRequest.Builder json(@Nullable String token, String path) {
    return doors.request(token, path).header("Content-Type", "application/fhir+json");
  }

  private static Answer post(@Nullable String token, String path, String body, String identifier) {
    HttpRequest.Builder request = body.isEmpty() ? doors.request(token, path) : json(token, path);
    if (!identifier.isEmpty()) {
      request.header("If-None-Exist", "identifier=" + identifier);
    }
    return doors.send(
        request.POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private static String resource(String type, String id, String language) {
    if (type.equals("ConceptMap")) {
      return """
      {"resourceType":"ConceptMap","id":"%s","language":"%s","status":"active","group":[
        {"source":"urn:local","target":"urn:oid:1.2.752.116.1.3.2.1.4","element":[
          {"code":"L1","target":[{"code":"JLC30","equivalence":"equal"}]}]}]}"""
          .formatted(id, language);
    }
    String identifier = "{\"system\":\"urn:t\",\"value\":\"" + id + "\"}";
    boolean subject = !List.of("Patient", "Organization").contains(type);
    return "{\"resourceType\":\"%s\",\"id\":\"%s\",\"language\":\"%s\",\"identifier\":%s%s}"
        .formatted(
            type,
            id,
            language,
            type.equals("QuestionnaireResponse") ? identifier : "[" + identifier + "]",
            subject ? ",\"subject\":{\"reference\":\"Patient/p\"}" : "");
  }
}
