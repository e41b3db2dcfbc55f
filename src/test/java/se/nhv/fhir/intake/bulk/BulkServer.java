package se.nhv.fhir.intake.bulk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An endpoint that exports as a test says, over real HTTP. */
final class BulkServer implements AutoCloseable {

  static final String MANIFEST =
      "{\"transactionTime\":\"2026-02-03T04:05:06Z\",\"request\":\"x\","
          + "\"requiresAccessToken\":%s,\"output\":[%s],\"deleted\":[%s],\"error\":[%s]}";

  /** What it answers to one address, once or always. */
  record Scripted(int status, Map<String, String> headers, String body) {}

  /** What it was asked. */
  record Asked(String method, String path, Headers headers) {
    @Nullable String header(String name) {
      return headers.getFirst(name);
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final Map<String, Scripted> scripts = new HashMap<>();
  final Map<String, String> files = new LinkedHashMap<>();
  String manifest = "";
  int busyPolls;
  int kickOffs;
  int breaks;
  boolean ranges;

  private final HttpServer server;

  BulkServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  URI base() {
    return URI.create(root() + "/fhir");
  }

  String root() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** A manifest entry for a file that this server has, with a count or without. */
  String entry(String type, String path, @Nullable Integer count) {
    return "{\"type\":\"%s\",\"url\":\"%s%s\"%s}"
        .formatted(type, root(), path, count == null ? "" : ",\"count\":" + count);
  }

  void manifest(boolean token, List<String> output, List<String> deleted, List<String> error) {
    manifest =
        MANIFEST.formatted(
            token, String.join(",", output), String.join(",", deleted), String.join(",", error));
  }

  void script(String path, int status, Map<String, String> headers, String body) {
    scripts.put(path, new Scripted(status, headers, body));
  }

  List<String> paths(String method) {
    return asked.stream().filter(it -> it.method().equals(method)).map(Asked::path).toList();
  }

  List<Asked> at(String path) {
    return asked.stream().filter(it -> it.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Headers copy = new Headers();
    copy.putAll(exchange.getRequestHeaders());
    asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), copy));
    Scripted scripted = scripts.get(path);
    if (scripted != null) {
      scripted.headers().forEach(exchange.getResponseHeaders()::set);
      send(exchange, scripted.status(), scripted.body().getBytes(StandardCharsets.UTF_8));
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      send(exchange, 202, new byte[0]);
    } else if (path.endsWith("$export")) {
      kickOffs++;
      exchange.getResponseHeaders().set("Content-Location", root() + "/status/" + kickOffs);
      send(exchange, 202, new byte[0]);
    } else if (path.startsWith("/status/")) {
      status(exchange);
    } else if (files.containsKey(path)) {
      file(exchange, files.get(path).getBytes(StandardCharsets.UTF_8));
    } else {
      send(exchange, 404, new byte[0]);
    }
  }

  private void status(HttpExchange exchange) throws IOException {
    if (busyPolls > 0) {
      exchange.getResponseHeaders().set("X-Progress", busyPolls + " to go");
      exchange.getResponseHeaders().set("Retry-After", "0");
      busyPolls--;
      send(exchange, 202, new byte[0]);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, manifest.getBytes(StandardCharsets.UTF_8));
  }

  /** A whole file, or half of what is due and then a closed connection. */
  private void file(HttpExchange exchange, byte[] whole) throws IOException {
    int from = 0;
    int status = 200;
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (ranges) {
      exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      if (range != null) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        status = 206;
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
      }
    }
    byte[] rest = Arrays.copyOfRange(whole, from, whole.length);
    exchange.getResponseHeaders().set("Content-Type", "application/fhir+ndjson");
    if (breaks > 0) {
      breaks--;
      exchange.sendResponseHeaders(status, rest.length);
      exchange.getResponseBody().write(rest, 0, rest.length / 2);
      exchange.getResponseBody().flush();
      exchange.close();
    } else {
      send(exchange, status, rest);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** Lines of Patients with these ids. */
  static String patients(String... ids) {
    List<String> lines = new ArrayList<>();
    for (String id : ids) {
      lines.add("{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}\n");
    }
    return String.join("", lines);
  }

  /** Lines of Conditions of Patients with these ids. */
  static String conditions(String... ids) {
    List<String> lines = new ArrayList<>();
    for (String id : ids) {
      lines.add(
          "{\"resourceType\":\"Condition\",\"id\":\"c-%s\",\"subject\":{\"reference\":\"Patient/%s\"}}\n"
              .formatted(id, id));
    }
    return String.join("", lines);
  }
}
