package se.nhv.fhir.intake.pull.hospitals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.measure.RawResource;

/**
 * Answers as a well-behaved server does: every search parameter that the pull knows, lists, paging
 * by links, a total. Each kind of hospital changes what is its own.
 */
public class ScriptedHospital implements Hospital {

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for 40 ms
  }

  static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> PARAMETERS =
      Set.of(
          "_id",
          "_lastUpdated",
          "patient",
          "subject",
          "category",
          "code",
          "type",
          "date",
          "onset-date",
          "recorded-date");
  private static final Map<String, List<String>> DATES =
      Map.of(
          "date", List.of("performed", "effective", "period"),
          "onset-date", List.of("onset"),
          "recorded-date", List.of("recordedDate"));

  private record Held(ObjectNode json, Instant updated) {}

  private final Map<String, Map<String, Held>> byType = new TreeMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Every request that was answered, path and query. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** A hospital that holds these. */
  public ScriptedHospital(List<RawResource> resources) {
    resources.forEach(it -> put(it, Instant.parse("2026-03-01T00:00:00Z")));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/fhir", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  @Override
  public final URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
  }

  @Override
  public final void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Holds a resource, changed at that moment. */
  public final synchronized void put(RawResource resource, Instant updated) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(resource.json());
      byType
          .computeIfAbsent(resource.type(), t -> new LinkedHashMap<>())
          .put(resource.id(), new Held(json, updated));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds it no more. */
  public final synchronized void delete(String type, String id) {
    byType.getOrDefault(type, Map.of()).remove(id);
  }

  /** Which search parameters it has and states. */
  protected Set<String> parameters() {
    return PARAMETERS;
  }

  /** Whether it offers the type. */
  protected boolean offers(String type) {
    return true;
  }

  /** Whether it has a CapabilityStatement. */
  protected boolean isStated() {
    return true;
  }

  /** The values of a list that it reads, or null if it refuses lists. */
  protected @Nullable List<String> list(String type, List<String> values) {
    return values;
  }

  /** Does its mischief before a request is answered; answers whether that was all. */
  protected boolean disturb(HttpExchange exchange) throws IOException {
    return false;
  }

  /** The search whose next page a request of the hospital's own kind asks for, or nothing. */
  protected String continued(String request) {
    return "";
  }

  /** A page of matches. */
  protected ObjectNode page(String search, List<ObjectNode> matches, int offset, int count) {
    int to = Math.min(matches.size(), offset + count);
    ObjectNode bundle = bundle(matches.subList(Math.min(offset, to), to));
    bundle.put("total", matches.size());
    if (to < matches.size()) {
      next(bundle, base() + "/" + search + "&_offset=" + to);
    }
    return bundle;
  }

  static ObjectNode bundle(List<ObjectNode> resources) {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset");
    ArrayNode entries = bundle.putArray("entry");
    resources.forEach(it -> entry(entries, it, "match"));
    return bundle;
  }

  static void entry(ArrayNode entries, ObjectNode resource, String mode) {
    ObjectNode entry = entries.addObject();
    entry.set("resource", resource);
    entry.putObject("search").put("mode", mode);
  }

  static void next(ObjectNode bundle, String url) {
    bundle.putArray("link").addObject().put("relation", "next").put("url", url);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (disturb(exchange)) {
        return;
      }
      requests.add(exchange.getRequestURI().toString());
      String continued = continued(exchange.getRequestURI().toString());
      String path = exchange.getRequestURI().getPath().replaceFirst("^/fhir/?", "");
      if (!continued.isEmpty()) {
        String[] parts = continued.split("\\?", 2);
        search(exchange, parts[0], parts[1]);
      } else if (path.equals("metadata")) {
        send(exchange, isStated() ? 200 : 404, isStated() ? statement() : outcome());
      } else {
        search(exchange, path, exchange.getRequestURI().getRawQuery());
      }
    }
  }

  private synchronized void search(HttpExchange exchange, String type, String query)
      throws IOException {
    if (!offers(type)) {
      send(exchange, 404, outcome());
      return;
    }
    List<ObjectNode> matches = new ArrayList<>();
    byType.getOrDefault(type, Map.of()).values().forEach(it -> matches.add(it.json));
    int offset = 0;
    int count = 50;
    StringBuilder search = new StringBuilder(type + "?");
    for (String parameter : query == null ? new String[0] : query.split("&")) {
      String name = parameter.substring(0, parameter.indexOf('='));
      String raw = parameter.substring(name.length() + 1);
      if (name.equals("_offset")) {
        offset = Integer.parseInt(raw);
        continue;
      }
      search.append(search.charAt(search.length() - 1) == '?' ? "" : "&").append(parameter);
      if (name.equals("_count")) {
        count = Integer.parseInt(raw);
      } else if (parameters().contains(name)) {
        List<String> given =
            Arrays.stream(raw.split(","))
                .map(it -> URLDecoder.decode(it, StandardCharsets.UTF_8))
                .toList();
        List<String> values = given.size() > 1 ? list(type, given) : given;
        if (values == null) {
          send(exchange, 400, outcome());
          return;
        }
        matches.removeIf(it -> values.stream().noneMatch(value -> matches(it, name, value)));
      }
    }
    send(exchange, 200, page(search.toString(), matches, offset, count));
  }

  private boolean matches(ObjectNode resource, String name, String value) {
    String subject = resource.path("subject").path("reference").asText();
    return switch (name) {
      case "_id" -> resource.path("id").asText().equals(value);
      case "patient" -> subject.equals("Patient/" + value);
      case "subject" -> subject.equals(value);
      case "_lastUpdated" -> {
        String type = resource.path("resourceType").asText();
        Map<String, Held> ofType = byType.getOrDefault(type, Map.of());
        Held held = Objects.requireNonNull(ofType.get(resource.path("id").asText()));
        yield !held.updated.isBefore(Instant.parse(value.substring(2)));
      }
      case "category", "code", "type" ->
          resource.path(name).findParents("code").stream()
              .anyMatch(
                  it ->
                      (it.path("system").asText() + "|" + it.path("code").asText()).equals(value));
      default ->
          texts(resource, name).stream().anyMatch(it -> it.compareTo(value.substring(2)) >= 0);
    };
  }

  private static List<String> texts(ObjectNode resource, String parameter) {
    List<String> texts = new ArrayList<>();
    resource
        .properties()
        .forEach(
            it -> {
              if (DATES.getOrDefault(parameter, List.of()).stream()
                  .anyMatch(it.getKey()::startsWith)) {
                JsonNode value = it.getValue();
                if (value.isTextual()) {
                  texts.add(value.asText());
                }
                value.forEach(part -> texts.add(part.asText()));
              }
            });
    return texts;
  }

  private ObjectNode statement() {
    ObjectNode statement = JSON.createObjectNode();
    statement.put("resourceType", "CapabilityStatement");
    ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
    ArrayNode types = rest.putArray("resource");
    for (String type : AcceptedTypes.ALL) {
      if (offers(type)) {
        ArrayNode parameters = types.addObject().put("type", type).putArray("searchParam");
        parameters().stream().sorted().forEach(it -> parameters.addObject().put("name", it));
      }
    }
    return statement;
  }

  static ObjectNode outcome() {
    ObjectNode outcome = JSON.createObjectNode();
    outcome.put("resourceType", "OperationOutcome");
    outcome.putArray("issue").addObject().put("severity", "error").put("code", "not-supported");
    return outcome;
  }

  static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/fhir+json;charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
