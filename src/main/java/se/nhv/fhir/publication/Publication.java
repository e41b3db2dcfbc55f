package se.nhv.fhir.publication;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.MeasureReport;

/**
 * Makes releases. Every Measure that is given is published, starred or not: the stars of a document
 * mark which fields of the indicator's description are shown, and some documents have none. Safe
 * for use by many threads at once.
 *
 * @param policy what may be published
 * @param strata by the code of a stratifier, every value that it can have. Each is then published,
 *     with nobody in it as with somebody; else a value that is listed tells that there is somebody,
 *     and as many strata as patients tell how many they are
 */
public record Publication(DisclosurePolicy policy, Map<String, Set<String>> strata) {

  /** Copies the map. */
  public Publication {
    strata = Map.copyOf(strata);
  }

  /**
   * The next release. It is audited against all earlier ones; it is not kept.
   *
   * @param units exact summary reports of units, whatever the authority has answered (which of them
   *     are published is for the caller to say); one whose status is not complete counts as not
   *     reported
   * @param national the national reports, each with references to the units' reports that it sums
   *     (one that pools years has those of several periods); without any it sums all of its Measure
   *     and period
   * @param expected every report that units owe; those that are missing are published as such
   * @param date the day for which the release speaks
   * @param earlier every earlier release, in order
   * @throws DisclosureRefusedException if hidden figures could be worked out whatever is hidden
   * @throws IllegalArgumentException if the reports do not fit together
   */
  public Release release(
      List<MeasureReport> units,
      List<MeasureReport> national,
      Collection<ReportKey> expected,
      LocalDate date,
      List<Release> earlier) {
    Cube cube = new CubeReader(strata).read(units, national, expected);
    return release(cube, date, earlier);
  }

  Release release(Cube cube, LocalDate date, List<Release> earlier) {
    Set<CellKey> hidden = new Concealment(cube, policy, earlier).hiddenCounts();
    return Release.of(earlier.size() + 1, date, policy, cube, hidden);
  }
}
