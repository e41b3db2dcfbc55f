package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random figures of a few units: a Measure that counts, with strata and categories, a rate on the
 * same patients, a mean; some units have not handed all of them in. Later releases revise some of
 * them, one Measure or all, and add units.
 */
final class RandomReports {

  private static final List<String> MEASURES = List.of("PROVB1", "PROVR1", "PROVT1");
  private static final String IP = "initial-population";

  private final Random random;
  private final int most;

  /**
   * Figures up to a size.
   *
   * @param most the largest count in a stratum
   */
  RandomReports(long seed, int most) {
    this.random = new Random(seed);
    this.most = most;
  }

  /** The reports of so many releases in order. */
  List<List<Reported>> releases(int number) {
    int units = 1 + random.nextInt(4);
    int strata = 1 + random.nextInt(4);
    List<List<Reported>> releases = new ArrayList<>();
    List<List<Reported>> byUnit = new ArrayList<>();
    for (int release = 0; release < number; release++) {
      for (int unit = 0; unit < units; unit++) {
        if (unit >= byUnit.size()) {
          byUnit.add(some(reports("U" + unit, strata)));
        } else if (random.nextInt(4) == 0) {
          byUnit.set(unit, reports("U" + unit, strata));
        } else if (random.nextInt(4) == 0) {
          List<Reported> revised = new ArrayList<>(byUnit.get(unit));
          int measure = random.nextInt(3);
          revised.removeIf(it -> it.key().measure().name().equals(MEASURES.get(measure)));
          revised.add(reports("U" + unit, strata).get(measure));
          byUnit.set(unit, revised);
        }
      }
      releases.add(byUnit.stream().flatMap(List::stream).toList());
      units += random.nextInt(2);
    }
    return releases;
  }

  private List<Reported> some(List<Reported> all) {
    return all.stream().filter(it -> random.nextInt(8) > 0).toList();
  }

  /** One Measure that only counts, with one stratifier. */
  List<Reported> counts(int units, int strata) {
    return IntStream.range(0, units).mapToObj(u -> patients("U" + u, strata)).toList();
  }

  private Reported patients(String unit, int strata) {
    Reported report = Reported.of("PROVB1", unit, 2024);
    int[] counts = IntStream.range(0, strata).map(s -> few()).toArray();
    report.count("total", IP, IntStream.of(counts).sum());
    for (int s = 0; s < strata; s++) {
      report.stratum("hemregion", "0" + s, IP, counts[s]);
    }
    return report;
  }

  private List<Reported> reports(String unit, int strata) {
    Reported patients = patients(unit, strata);
    int total = (int) patients.get("total", IP);
    int women = random.nextInt(total + 1);
    patients.stratum("kon", "kvinna", IP, women).stratum("kon", "man", IP, total - women);
    int chd = random.nextInt(total + 1);
    int overlap = random.nextBoolean() ? 0 : Math.min(chd, few());
    patients.count("chd", IP, chd).count("ovrigt", IP, total - chd + overlap);
    int excluded = Math.min(total, random.nextInt(3));
    Reported rate =
        Reported.of("PROVR1", unit, 2024)
            .proportion(total, excluded, random.nextInt(total - excluded + 1));
    Reported mean =
        Reported.of("PROVT1", unit, 2024)
            .count("total", IP, total)
            .values("total", random.nextInt(total + 1), 5 + random.nextInt(90), 3);
    return List.of(patients, rate, mean);
  }

  private int few() {
    return random.nextInt(3) == 0 ? 0 : random.nextInt(most + 1);
  }
}
