package se.nhv.fhir.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Reference;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;

/** Reads exact summary reports into a cube. Used once. */
final class CubeReader {

  private static final Pattern MEASURE = Pattern.compile(".*/Measure/([^|]+)\\|(.+)");

  private final SortedMap<CellKey, Figure> cells = new TreeMap<>();
  private final SortedMap<ReportKey, List<ReportKey>> parts = new TreeMap<>();
  private final SortedSet<ReportKey> notReported = new TreeSet<>();
  private final SortedMap<String, Set<String>> groups = new TreeMap<>();
  private final Map<String, ReportKey> byId = new HashMap<>();
  private final Map<String, Set<String>> strata;

  CubeReader() {
    this(Map.of());
  }

  /**
   * A reader that gives every report a cell for each value that a stratifier can have.
   *
   * @param strata the values by the code of the stratifier; of others, those are taken that stand
   *     in a report of the Measure and period
   */
  CubeReader(Map<String, Set<String>> strata) {
    this.strata = strata;
  }

  /**
   * The cube of these reports.
   *
   * @param units the units' reports, each with its id; one that is not complete counts as missing,
   *     and its cells stand without a figure
   * @param national the national reports, each with references to the units' that it sums; without
   *     references it sums every unit's of the same Measure and period
   * @param expected every report that is owed
   * @throws IllegalArgumentException if a report is given twice, is masked, or is national and not
   *     the sum of its parts
   */
  Cube read(
      List<MeasureReport> units, List<MeasureReport> national, Collection<ReportKey> expected) {
    units.forEach(this::read);
    national.forEach(this::read);
    national.forEach(this::readParts);
    expected.stream().filter(key -> cellsOf(key).isEmpty()).forEach(key -> notReported.add(key));
    fill();
    SortedMap<String, List<String>> inOrder = new TreeMap<>();
    groups.forEach((measure, codes) -> inOrder.put(measure, List.copyOf(codes)));
    Cube cube = new Cube(cells, parts, notReported, inOrder);
    requireSums(cube);
    return cube;
  }

  private void read(MeasureReport report) {
    ReportKey key = key(report);
    if (!cellsOf(key).isEmpty() || byId.putIfAbsent(id(key), key) != null) {
      throw new IllegalArgumentException("the report " + key + " is given twice");
    }
    if (report.hasIdElement()) {
      byId.put(report.getIdElement().getIdPart(), key);
    }
    report.getIdentifier().forEach(identifier -> byId.put(identifier.getValue(), key));
    boolean missing = report.getStatus() != MeasureReportStatus.COMPLETE;
    if (missing) {
      notReported.add(key);
    }
    Set<String> codes = groups.computeIfAbsent(key.measure().id(), m -> new LinkedHashSet<>());
    for (MeasureReportGroupComponent group : report.getGroup()) {
      ReportedGroup reported = new ReportedGroup(key, group);
      codes.add(reported.code());
      reported
          .cells()
          .forEach(
              (cell, element) ->
                  cells.put(cell, missing ? Figure.NONE : ReportedGroup.figure(cell, element)));
    }
  }

  private SortedMap<CellKey, Figure> cellsOf(ReportKey report) {
    return cells.subMap(
        new CellKey(report, "", "", "", ""), new CellKey(report, "\uffff", "", "", ""));
  }

  private void readParts(MeasureReport report) {
    ReportKey key = key(report);
    List<ReportKey> summed = new ArrayList<>();
    for (Extension extension :
        report.getExtensionsByUrl(Canonicals.structureDefinition("aggregerad-av"))) {
      if (extension.getValue() instanceof Reference reference) {
        summed.add(part(key, reference));
      }
    }
    if (summed.isEmpty()) {
      cells.keySet().stream()
          .map(CellKey::report)
          .filter(it -> !it.isNational() && !notReported.contains(it))
          .filter(it -> it.measure().equals(key.measure()) && it.period().equals(key.period()))
          .distinct()
          .forEach(summed::add);
    }
    parts.put(key, summed.stream().sorted().toList());
  }

  private ReportKey part(ReportKey national, Reference reference) {
    String id =
        reference.hasReference()
            ? reference.getReference().replaceFirst("^MeasureReport/", "").replaceFirst("/.*", "")
            : reference.getIdentifier().getValue();
    ReportKey part = byId.get(id);
    if (part == null) {
      throw new IllegalArgumentException(
          national + " sums the report " + id + ", which is not among those given");
    }
    return part;
  }

  /** Gives every report of a Measure and period the same cells. */
  private void fill() {
    Map<List<Object>, SortedSet<CellKey>> shapes = new HashMap<>();
    for (CellKey key : cells.keySet()) {
      SortedSet<CellKey> shape = shapes.computeIfAbsent(slice(key.report()), s -> new TreeSet<>());
      shape.add(key);
      strata
          .getOrDefault(key.stratifier(), Set.of())
          .forEach(value -> shape.add(key.in(key.stratifier(), value)));
    }
    SortedSet<ReportKey> reports = new TreeSet<>(notReported);
    cells.keySet().forEach(key -> reports.add(key.report()));
    for (ReportKey report : reports) {
      for (CellKey key : shapes.getOrDefault(slice(report), new TreeSet<>())) {
        boolean zero = !key.isWhole() && key.isCount() && !notReported.contains(report);
        cells.putIfAbsent(key.of(report), zero ? Figure.ZERO : Figure.NONE);
      }
    }
  }

  private static List<Object> slice(ReportKey key) {
    return List.of(key.measure(), key.period());
  }

  private static void requireSums(Cube cube) {
    cube.counts()
        .forEach(
            (key, count) -> {
              List<ReportKey> parts = cube.parts().get(key.report());
              if (parts != null
                  && count
                      != parts.stream().mapToLong(p -> cube.count(key.of(p)).orElse(0)).sum()) {
                throw new IllegalArgumentException(
                    key + " is not the sum of the units' reports; aggregate them again");
              }
            });
  }

  /** Whose figures of which Measure and period a report holds. */
  static ReportKey key(MeasureReport report) {
    Matcher measure = MEASURE.matcher(String.valueOf(report.getMeasure()));
    if (!measure.matches()) {
      throw new IllegalArgumentException(
          "MeasureReport.measure must be <url>/Measure/<name>|<version>; it is "
              + report.getMeasure());
    }
    String reference = report.getReporter().getReference();
    String reporter =
        reference == null
            ? report.getReporter().getIdentifier().getValue()
            : reference.replaceFirst("^Organization/", "");
    return new ReportKey(
        reporter,
        new MeasureReference(measure.group(1), measure.group(2)),
        new MeasurementPeriod(
            LocalDate.parse(report.getPeriod().getStartElement().getValueAsString()),
            LocalDate.parse(report.getPeriod().getEndElement().getValueAsString())));
  }

  /** The id under which the figures are published. */
  static String id(ReportKey key) {
    return key.measure().id()
        + "-"
        + key.reporter()
        + "-"
        + key.period().start().toString().replace("-", "")
        + "-"
        + key.period().end().toString().replace("-", "");
  }
}
