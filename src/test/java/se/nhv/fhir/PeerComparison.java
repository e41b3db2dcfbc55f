package se.nhv.fhir;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;

/**
 * Where the peer's report states another figure than the one worked out by hand. Counts are equal
 * exactly, scores and medians to 1e-9 of their size.
 */
final class PeerComparison {

  private static final double TOLERANCE = 1e-9;
  static final String NOTHING = "nothing";
  private static final String ABSENT = "absent";

  private PeerComparison() {}

  /**
   * The differences by their place, each as what was expected and what the peer states. Strata are
   * compared where the case tells them.
   */
  static SortedMap<String, String> differences(MeasureReport expected, MeasureReport peer) {
    SortedMap<String, String> wanted = PeerStatements.of(expected);
    SortedMap<String, String> found = PeerStatements.of(strataAsIn(expected, peer));
    TreeSet<String> places = new TreeSet<>(wanted.keySet());
    places.addAll(found.keySet());
    TreeMap<String, String> differences = new TreeMap<>();
    for (String place : places) {
      String want = wanted.get(place);
      String got = found.get(place);
      if (!equal(place, want, got)) {
        differences.put(place, "expected " + orNothing(want) + ", the peer " + orNothing(got));
      }
    }
    return differences;
  }

  private static boolean equal(String place, @Nullable String wanted, @Nullable String found) {
    if (wanted == null || found == null) {
      return false;
    }
    if (wanted.equals(found)) {
      return true;
    }
    if (wanted.equals(ABSENT) || found.equals(ABSENT) || !isDecimal(place)) {
      return false;
    }
    double want = Double.parseDouble(wanted);
    return Math.abs(want - Double.parseDouble(found)) <= TOLERANCE * Math.max(1, Math.abs(want));
  }

  private static boolean isDecimal(String place) {
    return place.endsWith(" measureScore") || place.endsWith(" statistik median");
  }

  private static MeasureReport strataAsIn(MeasureReport expected, MeasureReport peer) {
    MeasureReport copy = peer.copy();
    for (int g = 0; g < copy.getGroup().size() && g < expected.getGroup().size(); g++) {
      if (!expected.getGroup().get(g).hasStratifier()) {
        copy.getGroup().get(g).getStratifier().clear();
      }
    }
    return copy;
  }

  private static String orNothing(@Nullable String value) {
    return value == null ? NOTHING : value;
  }
}
