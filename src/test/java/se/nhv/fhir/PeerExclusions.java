package se.nhv.fhir;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.MeasureCase;

/**
 * All that is not compared with the peer, and why. What has become comparable is a fault here, so
 * that the list only shrinks.
 */
final class PeerExclusions {

  /** What the peer's reports never state, by the part of the place that names it. */
  static final Map<String, String> SILENT =
      Map.of(
          " statistik ",
          "an extension of ours; its count and mean are compared as measure-observation and score",
          " bortfall ",
          "an extension of ours, counted by criteria that stand in one too",
          " measureScore unit",
          "cqfm-scoringUnit is not read: R4MeasureReportBuilder sets the number only");

  /**
   * R4 3.1.1.4.12 (search.html#reference): "A relative reference resolving to the same value as a
   * specified absolute URL, or vice versa, qualifies as a match."
   */
  private static final String ABSOLUTE_SUBJECT =
      "the subject is told by absolute URL, and ResourceMatcher.isMatchReference of"
          + " clinical-reasoning 4.4.0 compares references as text, so no retrieve finds it";

  /** The cases that the peer is known to count otherwise, by name. */
  static final Map<String, String> OTHERWISE =
      Map.of(
          "NETO1-2.0.0/absolute-references", ABSOLUTE_SUBJECT,
          "NETP1-2.0.0/absolute-references", ABSOLUTE_SUBJECT,
          "NETR1-2.0.0/absolute-references", ABSOLUTE_SUBJECT,
          "NETT1-2.0.0/absoluta-referenser", ABSOLUTE_SUBJECT);

  private PeerExclusions() {}

  /** What speaks against the peer's report of the case, or against the exclusions; else empty. */
  static List<String> faults(MeasureCase measureCase, MeasureReport peer) {
    List<String> faults = new ArrayList<>();
    SortedMap<String, String> differences =
        PeerComparison.differences(measureCase.expected(), peer);
    differences.keySet().removeIf(PeerExclusions::isSilent);
    PeerStatements.of(peer).keySet().stream()
        .filter(PeerExclusions::isSilent)
        .forEach(p -> faults.add(p + ": the peer states it; take it off the list of the silent"));
    String known = OTHERWISE.get(measureCase.toString());
    if (known == null) {
      differences.forEach((place, difference) -> faults.add(place + ": " + difference));
    } else if (differences.isEmpty()) {
      faults.add("the peer counts it as we do; take it off the list. Listed for: " + known);
    }
    return faults;
  }

  /** The cases listed that are not among these. */
  static Set<String> unknown(List<MeasureCase> cases) {
    Set<String> names = cases.stream().map(MeasureCase::toString).collect(toSet());
    return OTHERWISE.keySet().stream().filter(c -> !names.contains(c)).collect(toSet());
  }

  private static boolean isSilent(String place) {
    return SILENT.keySet().stream().anyMatch(place::contains);
  }
}
