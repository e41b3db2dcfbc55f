package se.nhv.fhir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server as {@code nhv.jar serve} runs it, from the classes, in a process of its own. */
public final class ServerProcess {

  private final Process process;
  private final URI base;

  private ServerProcess(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /** Starts it with those settings and returns when it is ready. */
  static ServerProcess start(int port, List<String> settings)
      throws IOException, InterruptedException {
    return start(List.of(), port, settings);
  }

  /** The same, started by that command, to which it is handed as arguments. */
  static ServerProcess start(List<String> by, int port, List<String> settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(by);
    command.addAll(command("serve", "--", "--server.address=127.0.0.1", "--server.port=" + port));
    command.addAll(settings);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("NHV_STORE_PASSWORD", "postgres");
    URI base = URI.create("http://127.0.0.1:" + port + "/");
    ServerProcess server = new ServerProcess(builder.start(), base);
    server.awaitReady();
    return server;
  }

  /** The command line that runs {@code nhv.jar} with those arguments from the classes. */
  public static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Kills it as {@code kill -9} does, and returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private void awaitReady() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve("actuator/health/readiness")).build();
    HttpClient http = HttpClient.newHttpClient();
    while (process.isAlive()) {
      try {
        if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("the server ended with " + process.exitValue());
  }
}
