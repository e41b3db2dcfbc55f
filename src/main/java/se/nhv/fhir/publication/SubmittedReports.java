package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.Riket;

/**
 * The latest submitted reports of a reporting year. One that the authority has returned is missing
 * here, and Riket is then worked out without it, by the code that works out the one that is kept.
 *
 * @param units the units' reports
 * @param national Riket's
 * @param expected those that are owed, as permits or Riket say, or were returned
 */
record SubmittedReports(
    List<MeasureReport> units, List<MeasureReport> national, SortedSet<ReportKey> expected) {

  /** More than there are of one Measure: a report and the Riket with it are read in one search. */
  private static final int PAGE = 10_000;

  /** Those of every Measure that is owed in that year. */
  static SubmittedReports of(
      ReportingYear year, Content content, NationalReports kept, ExpectedUnits permits) {
    SubmittedReports found =
        new SubmittedReports(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
    for (MeasureDefinition measure : owed(year, content)) {
      MeasurementPeriod period = measure.schedule().period(year).orElseThrow();
      found.addExpected(measure, period, permits);
      found.add(measure, period, content, kept);
    }
    return found;
  }

  private static List<MeasureDefinition> owed(ReportingYear year, Content content) {
    return content.measures().stream()
        .filter(MeasureDefinition::isComputable)
        .filter(measure -> measure.schedule().isOwed(year))
        .toList();
  }

  private void addExpected(
      MeasureDefinition measure, MeasurementPeriod period, ExpectedUnits permits) {
    permits.of(measure.area()).stream()
        .filter(permit -> permit.within(period).isPresent())
        .map(permit -> new ReportKey(permit.unit().hsaId(), measure.reference(), period))
        .forEach(key -> expected.add(key));
  }

  private void add(
      MeasureDefinition measure, MeasurementPeriod period, Content content, NationalReports kept) {
    List<MeasureReport> used = new ArrayList<>();
    List<MeasureReport> riket = new ArrayList<>();
    boolean returned = false;
    String canonical = measure.reference().canonical();
    for (MeasureReport report : kept.all(ReportQuery.of("measure", canonical, PAGE))) {
      ReportKey key = CubeReader.key(report);
      if (!key.period().equals(period)) {
        continue;
      }
      if (key.isNational()) {
        riket.add(report);
        addMissing(report, key);
      } else if (kept.isReturned(report)) {
        returned = true;
        expected.add(key);
      } else {
        used.add(report);
      }
    }
    units.addAll(used);
    national.addAll(
        returned
            ? new Riket(content).of(measure, period, used, List.of()).stream().toList()
            : riket);
  }

  private void addMissing(MeasureReport riket, ReportKey key) {
    for (Extension missing :
        riket.getExtensionsByUrl(Canonicals.structureDefinition("saknad-enhet"))) {
      if (missing.getExtensionByUrl("unit").getValue() instanceof Identifier unit) {
        expected.add(new ReportKey(unit.getValue(), key.measure(), key.period()));
      }
    }
  }

  /** The units' reports, and of each Measure that no unit has reported those that are owed. */
  List<MeasureReport> unitsAndOwed(Content content) {
    Collection<List<Object>> reported =
        units.stream().map(CubeReader::key).map(SubmittedReports::slice).toList();
    return Stream.concat(
            units.stream(),
            expected.stream()
                .filter(key -> !reported.contains(slice(key)))
                .map(key -> OwedReport.of(key, content.measure(key.measure()).orElseThrow())))
        .toList();
  }

  private static List<Object> slice(ReportKey key) {
    return List.of(key.measure(), key.period());
  }
}
