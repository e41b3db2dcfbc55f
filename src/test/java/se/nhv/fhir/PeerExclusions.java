package se.nhv.fhir;

import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.MeasureCase;

/**
 * All that is not compared with the peer, and why. What has become comparable is a fault here, so
 * that the list only shrinks.
 */
final class PeerExclusions {

  private static final String OF_OURS =
      "an extension of ours; its count, mean and median are compared as measure-observation, score"
          + " and median, and the peer knows no other statistic";

  /** What the peer's reports never state, by the part of the place that names it. */
  static final Map<String, String> SILENT =
      Map.of(
          " statistik count", OF_OURS,
          " statistik mean", OF_OURS,
          " statistik standard-deviation", OF_OURS,
          " statistik p10", OF_OURS,
          " statistik p90", OF_OURS,
          " statistik patients", OF_OURS,
          " measureScore unit",
              "cqfm-scoringUnit is not read: R4MeasureReportBuilder sets the number only");

  /**
   * R4 3.1.1.4.12 (search.html#reference): "A relative reference resolving to the same value as a
   * specified absolute URL, or vice versa, qualifies as a match."
   */
  private static final String ABSOLUTE_SUBJECT =
      "the subject is told by absolute URL, and ResourceMatcher.isMatchReference of"
          + " clinical-reasoning 4.4.0 compares references as text, so no retrieve finds it";

  /** The Measures whose case of absolute references tells the subject so. */
  private static final Set<String> WITH_ABSOLUTE_SUBJECT =
      Set.of(
          "ABKB1-1.0.0",
          "ABKB3-1.0.0",
          "ABKB4-1.0.0",
          "ABKO1-1.0.0",
          "ABKP1-1.0.0",
          "ABKR1-1.0.0",
          "ABKR2-1.0.0",
          "ABKT1-1.0.0",
          "BBCB1-0.1.0",
          "BBCB4-0.1.0",
          "BBCE1-0.1.0",
          "BBCE2-0.1.0",
          "BBCP1-0.1.0",
          "BBCP2-0.1.0",
          "BBCR1-0.1.0",
          "BBCR2-0.1.0",
          "BBCT1-0.1.0",
          "BBCT2-0.1.0",
          "NETB1-1.0.0",
          "NETB2-1.0.0",
          "NETO1-1.0.0",
          "NETO1-2.0.0",
          "NETP1-1.0.0",
          "NETP1-2.0.0",
          "NETR1-1.0.0",
          "NETR1-2.0.0",
          "NETT1-1.0.0",
          "SCTB1-1.0.0",
          "SCTB2-1.0.0",
          "SCTB3-1.0.0",
          "SCTB4-1.0.0",
          "SCTO1-1.0.0",
          "SCTP1-1.0.0",
          "SCTR1-1.0.0",
          "SCTR2-1.0.0",
          "SCTT1-1.0.0",
          "SCTT2-1.0.0");

  /** The cases that the peer is known to count otherwise, by name, with the reason. */
  static final Map<String, String> OTHERWISE =
      Stream.concat(
              WITH_ABSOLUTE_SUBJECT.stream().map(m -> m + "/absolute-references"),
              Stream.of(
                  "BBCB2-0.1.0/component-by-absolute-reference",
                  "NETO1-1.0.0/absolute-and-relative-references",
                  "NETT1-2.0.0/absoluta-referenser"))
          .collect(toUnmodifiableMap(c -> c, c -> ABSOLUTE_SUBJECT));

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
