package se.nhv.fhir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The units' adapter and the national one, with the wire between them. */
final class MarchSides implements AutoCloseable {

  private static final int UNITS = 3;
  private static final String AUTHORITY = "token-of-the-authority-0123";

  private final MarchAdapter units;
  private final MarchAdapter national;
  private final WireTap wire;

  private MarchSides(MarchAdapter units, MarchAdapter national, WireTap wire) {
    this.units = units;
    this.national = national;
    this.wire = wire;
  }

  /** Both of them as processes, with databases in that folder. */
  static MarchSides asProcesses(Path folder) throws Exception {
    MarchSides sides = in(folder);
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<?> first =
          beside.submit(
              () -> {
                sides.units.start();
                return null;
              });
      sides.national.start();
      first.get();
    } finally {
      beside.shutdown();
    }
    return sides;
  }

  /** Both of them in this process, as they need not be killed. */
  static MarchSides here(Path folder) throws IOException {
    MarchSides sides = in(folder);
    sides.national.startHere();
    sides.units.startHere();
    return sides;
  }

  private static MarchSides in(Path folder) throws IOException {
    MarchAdapter units = new MarchAdapter("units", folder);
    MarchAdapter national = new MarchAdapter("national", folder);
    WireTap wire = WireTap.before(national.port());
    units.national(URI.create("http://127.0.0.1:" + wire.port() + "/fhir"));
    national.token(AUTHORITY, "role=authority");
    for (int unit = 1; unit <= UNITS; unit++) {
      String id = MarchPatients.hsaId(unit);
      String submits = "token-that-submits-for-unit-" + unit;
      units.token(system(unit), "role=unit", "unit=" + id);
      units.token(
          person(unit, 'a'), "role=staff", "unit=" + id, "person=" + id + "-A", "name=Anna");
      units.token(person(unit, 'b'), "role=staff", "unit=" + id, "person=" + id + "-B", "name=Bo");
      units.permit(id).submits(id, submits);
      national.token(submits, "role=unit", "unit=" + id).permit(id);
    }
    return new MarchSides(units, national, wire);
  }

  private static String system(int unit) {
    return "token-of-the-system-of-unit-" + unit;
  }

  private static String person(int unit, char who) {
    return "token-of-person-" + who + "-of-unit-" + unit;
  }

  /** The intake door as that unit's system. */
  MarchDoor unit(int unit) {
    return units.door(system(unit));
  }

  /** The intake door as who reviews at that unit. */
  MarchDoor reviewer(int unit) {
    return units.door(person(unit, 'a'));
  }

  /** The intake door as who approves at that unit. */
  MarchDoor approver(int unit) {
    return units.door(person(unit, 'b'));
  }

  /** The national report door as the authority. */
  MarchDoor authority() {
    return national.door(AUTHORITY);
  }

  /** The two adapters. */
  List<MarchAdapter> both() {
    return List.of(units, national);
  }

  /** What is between them. */
  WireTap wire() {
    return wire;
  }

  @Override
  public void close() throws Exception {
    units.kill();
    national.kill();
    wire.close();
  }
}
