package se.nhv.fhir.reporting;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A search for reports, ordered by id.
 *
 * @param parameters by the name of the search parameter its values as in a FHIR search: all must
 *     hold, and a comma within a value means or (R4 search, 3.1.1.4)
 * @param after the id of the last report of the page before, or null for the first page
 * @param count the most reports to return, at least 1
 */
public record ReportQuery(Map<String, List<String>> parameters, @Nullable String after, int count) {

  /** The search parameters that are served. */
  public static final Set<String> PARAMETERS =
      Set.of(
          "_id",
          "_lastUpdated",
          "date",
          "identifier",
          "measure",
          "period",
          "reporter",
          "reporter:identifier",
          "status");

  /**
   * Refuses parameters that are not served with an IllegalArgumentException that names them all.
   */
  public ReportQuery {
    parameters = Map.copyOf(parameters);
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(PARAMETERS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "reports are not searched by "
              + String.join(", ", unknown)
              + "; they are by "
              + String.join(", ", new TreeSet<>(PARAMETERS)));
    }
  }

  /** The first page of the reports with that value. */
  public static ReportQuery of(String parameter, String value, int count) {
    return new ReportQuery(Map.of(parameter, List.of(value)), null, count);
  }

  /** The first page of all reports. */
  public static ReportQuery all(int count) {
    return new ReportQuery(Map.of(), null, count);
  }

  /** The same search, going on after the report with that id. */
  public ReportQuery after(String id) {
    return new ReportQuery(parameters, id, count);
  }
}
