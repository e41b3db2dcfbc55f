package se.nhv.fhir.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.MeasureReport;

/** Releases of reports written down in a test, with the national reports that follow from them. */
final class ExampleReleases {

  static final LocalDate DATE = LocalDate.of(2025, 5, 1);
  static final Publication PUBLICATION = new Publication(DisclosurePolicy.DEFAULT, Map.of());

  private ExampleReleases() {}

  static Release of(Reported... units) {
    return next(List.of(), List.of(units));
  }

  static Release next(List<Release> earlier, List<Reported> units) {
    return next(PUBLICATION, earlier, units);
  }

  static Release next(Publication publication, List<Release> earlier, List<Reported> units) {
    return publication.release(
        units.stream().map(Reported::report).toList(), national(units), List.of(), DATE, earlier);
  }

  /** The national reports of those units', one a Measure and period. */
  static List<MeasureReport> national(List<Reported> units) {
    Map<List<Object>, List<Reported>> bySlice = new LinkedHashMap<>();
    units.forEach(
        unit ->
            bySlice
                .computeIfAbsent(
                    List.of(unit.key().measure(), unit.key().period()), s -> new ArrayList<>())
                .add(unit));
    return bySlice.values().stream().map(Reported::sum).map(Reported::report).toList();
  }

  static CellState state(Release release, CellKey key) {
    return Objects.requireNonNull(release.published().states().get(key), key::toString);
  }

  /** The cell of a whole group named total in the year 2024. */
  static CellKey total(String measure, String reporter, String statistic) {
    return new CellKey(Reported.key(measure, reporter, 2024), "total", "", "", statistic);
  }
}
