package se.nhv.fhir.synthetic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import se.nhv.fhir.measure.RawResource;

/**
 * A synthetic hospital's FHIR endpoint on loopback: a search by type, in pages with a next link (R4
 * search, paging), to whoever knows its token. It holds the unit in memory.
 */
public final class SyntheticEndpoint implements AutoCloseable {

  private static final Pattern PATH = Pattern.compile("/fhir/([A-Za-z]+)");
  private static final Pattern PARAMETER = Pattern.compile("(_count|_offset)=(\\d{1,9})");

  private final Map<String, List<RawResource>> byType = new TreeMap<>();
  private final String token;
  private final HttpServer server;

  private SyntheticEndpoint(
      SyntheticUnit unit, Stream<SyntheticPatient> patients, String token, int port)
      throws IOException {
    this.token = token;
    add(SyntheticPatient.raw(unit.organization()));
    patients.forEach(patient -> patient.record().resources().forEach(this::add));
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/fhir/", this::answer);
    server.start();
  }

  /** Starts an endpoint on a free port for that unit and those patients. */
  public static SyntheticEndpoint start(
      SyntheticUnit unit, Stream<SyntheticPatient> patients, String token) throws IOException {
    return start(unit, patients, token, 0);
  }

  /** The same on that port. */
  public static SyntheticEndpoint start(
      SyntheticUnit unit, Stream<SyntheticPatient> patients, String token, int port)
      throws IOException {
    return new SyntheticEndpoint(unit, patients, token, port);
  }

  /** The base URL. */
  public URI base() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort() + "/fhir");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void add(RawResource resource) {
    byType.computeIfAbsent(resource.type(), type -> new ArrayList<>()).add(resource);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + token).equals(authorization)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (!exchange.getRequestMethod().equals("GET") || !path.matches()) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        byte[] page =
            page(path.group(1), exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/fhir+json;charset=UTF-8");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      }
    }
  }

  private String page(String type, URI request) {
    Map<String, Integer> parameters = new TreeMap<>();
    Matcher parameter = PARAMETER.matcher(String.valueOf(request.getQuery()));
    while (parameter.find()) {
      parameters.put(parameter.group(1), Integer.valueOf(parameter.group(2)));
    }
    List<RawResource> all = byType.getOrDefault(type, List.of());
    int count = Math.max(1, parameters.getOrDefault("_count", 50));
    int from = Math.min(parameters.getOrDefault("_offset", 0), all.size());
    int to = Math.min(from + count, all.size());
    String next =
        to == all.size()
            ? ""
            : "{\"relation\":\"next\",\"url\":\"%s/%s?_count=%d&_offset=%d\"}"
                .formatted(base(), type, count, to);
    String entries =
        all.subList(from, to).stream()
            .map(r -> "{\"resource\":" + r.text() + ",\"search\":{\"mode\":\"match\"}}")
            .collect(Collectors.joining(","));
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%d%s%s}"
        .formatted(
            all.size(),
            next.isEmpty() ? "" : ",\"link\":[" + next + "]",
            entries.isEmpty() ? "" : ",\"entry\":[" + entries + "]");
  }
}
