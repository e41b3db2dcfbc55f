package se.nhv.fhir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.server.NhvServer;

/** One of the two adapters, with a database of its own, which lasts when the process is killed. */
final class MarchAdapter {

  private final String name;
  private final int port;
  private final List<String> settings = new ArrayList<>();
  private int tokens;
  private int permits;
  private int submitters;
  private volatile @Nullable ServerProcess process;
  private volatile @Nullable NhvServer here;

  /** Not started yet. */
  MarchAdapter(String name, Path folder) throws IOException {
    this.name = name;
    this.port = ServerProcess.freePort();
    settings.add("--nhv.store.url=jdbc:h2:file:" + folder.resolve(name));
    settings.add("--nhv.store.user=nhv");
    settings.add("--nhv.jobs.heartbeat=200ms");
    settings.add("--nhv.jobs.work-folder=" + folder.resolve(name + "-jobs"));
  }

  /** Lets a caller in, as those settings of a token say. */
  MarchAdapter token(String token, String... more) {
    String setting = "--nhv.access.tokens[" + tokens++ + "].";
    settings.add(setting + "token=" + token);
    for (String one : more) {
      settings.add(setting + one);
    }
    return this;
  }

  /** A unit that owes NET all of 2024. */
  MarchAdapter permit(String unit) {
    String setting = "--nhv.permits[" + permits++ + "].";
    settings.add(setting + "unit=" + unit);
    settings.add(setting + "area=net");
    settings.add(setting + "from=2023-04-01");
    return this;
  }

  /** Where its units hand in. */
  MarchAdapter national(URI base) {
    settings.add("--nhv.national.base=" + base);
    settings.add("--nhv.national.timeout=10s");
    return this;
  }

  /** With what a unit does so. */
  MarchAdapter submits(String unit, String token) {
    String setting = "--nhv.national.units[" + submitters++ + "].";
    settings.add(setting + "unit=" + unit);
    settings.add(setting + "auth.token=" + token);
    return this;
  }

  /** Starts it as a process and returns when it is ready. */
  void start() throws IOException, InterruptedException {
    process = ServerProcess.start(port, settings);
  }

  /** Starts it in this process and returns when it is ready. */
  void startHere() {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of("--server.address=127.0.0.1", "--server.port=" + port));
    here = NhvServer.start(all.toArray(String[]::new));
  }

  /** Kills its process as {@code kill -9} does; closes it if it is in this one. */
  void kill() throws InterruptedException {
    ServerProcess running = process;
    if (running != null) {
      running.kill();
    }
    NhvServer open = here;
    if (open != null) {
      open.close();
    }
  }

  int port() {
    return port;
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  MarchDoor door(String token) {
    return new MarchDoor(base(), token);
  }

  @Override
  public String toString() {
    return name;
  }
}
