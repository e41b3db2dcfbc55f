package se.nhv.fhir.content;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingSchedule;
import se.nhv.fhir.measure.ReportingSchedule.FirstReport;
import se.nhv.fhir.measure.ReportingYear;

/** Makes a definition of a Measure resource, or tells what keeps it from being one. */
final class MeasureReader {

  private final CqlLibraries libraries;
  private final ContentHashes hashes;
  private final List<ContentFault> faults;

  MeasureReader(CqlLibraries libraries, ContentHashes hashes, List<ContentFault> faults) {
    this.libraries = libraries;
    this.hashes = hashes;
    this.faults = faults;
  }

  /** The definition, or null when a fault was added. */
  @Nullable MeasureDefinition read(Measure measure) {
    int before = faults.size();
    String path = ResourceReader.path(measure);
    MeasureReference reference = new MeasureReference(measure.getName(), measure.getVersion());
    expect(path, "Measure.id", reference.id(), measure.getIdElement().getIdPart());
    expect(path, "file name", reference.id() + ".json", path.substring(path.lastIndexOf('/') + 1));
    expect(path, "Measure.url", Canonicals.measure(measure.getName()), measure.getUrl());
    String library = libraryId(measure, path);
    if (library != null) {
      new MeasureChecks(measure, libraries.translated(library), faults).check();
    }
    Area area = area(measure, path);
    ReportingSchedule schedule = schedule(measure, path);
    if (library == null || area == null || schedule == null || faults.size() > before) {
      return null;
    }
    SortedSet<String> types = new TreeSet<>(libraries.retrievedTypes(library));
    return new MeasureDefinition(
        reference, area, schedule, measure, library, types, hashes.of(measure, library));
  }

  private @Nullable String libraryId(Measure measure, String path) {
    String prefix = Canonicals.ROOT + "/Library/";
    String canonical =
        measure.getLibrary().size() == 1 ? measure.getLibrary().get(0).asStringValue() : "";
    String id = canonical.replace(prefix, "").replace('|', '-');
    if (!libraries.ids().contains(id)) {
      String problem = "names no library that could be translated: '" + canonical + "'";
      faults.add(new ContentFault(path, "Measure.library", problem));
      return null;
    }
    expect(path, "Measure.version", id.substring(id.indexOf('-') + 1), measure.getVersion());
    return id;
  }

  private @Nullable Area area(Measure measure, String path) {
    String system = Canonicals.codeSystem("omrade");
    List<String> codes =
        measure.getTopic().stream()
            .flatMap(t -> t.getCoding().stream())
            .filter(c -> system.equals(c.getSystem()))
            .map(c -> String.valueOf(c.getCode()))
            .toList();
    if (codes.size() != 1) {
      faults.add(new ContentFault(path, "Measure.topic", "needs one code of " + system));
      return null;
    }
    try {
      return new Area(codes.get(0));
    } catch (IllegalArgumentException e) {
      faults.add(new ContentFault(path, "Measure.topic", String.valueOf(e.getMessage())));
      return null;
    }
  }

  private @Nullable ReportingSchedule schedule(Measure measure, String path) {
    Extension plan = measure.getExtensionByUrl(Canonicals.structureDefinition("rapporteringsplan"));
    String place = "extension rapporteringsplan";
    if (plan == null) {
      faults.add(new ContentFault(path, place, "is missing"));
      return null;
    }
    Integer lag = integer(plan, "lag");
    Integer first = integer(plan, "forsta-rapportar");
    Integer last = integer(plan, "sista-rapportar");
    Period period = period(plan.getExtensionByUrl("forsta-period"));
    if (lag == null || (first == null) != (period == null)) {
      String problem = "needs lag, and both or none of forsta-rapportar and forsta-period";
      faults.add(new ContentFault(path, place, problem));
      return null;
    }
    if ((first == null) != (measure.getStatus() == PublicationStatus.DRAFT)) {
      String problem = "forsta-rapportar is missing in a proposal (status draft), and only there";
      faults.add(new ContentFault(path, place, problem));
    }
    try {
      return new ReportingSchedule(
          lag,
          first == null || period == null ? null : first(first, period),
          last == null ? null : new ReportingYear(last));
    } catch (IllegalArgumentException | DateTimeException e) {
      faults.add(new ContentFault(path, place, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static FirstReport first(int year, Period period) {
    return new FirstReport(
        new ReportingYear(year),
        new MeasurementPeriod(
            LocalDate.parse(period.getStartElement().getValueAsString()),
            LocalDate.parse(period.getEndElement().getValueAsString())));
  }

  private static @Nullable Period period(@Nullable Extension extension) {
    return extension != null
            && extension.getValue() instanceof Period period
            && period.hasStart()
            && period.hasEnd()
        ? period
        : null;
  }

  private static @Nullable Integer integer(Extension parent, String url) {
    Extension child = parent.getExtensionByUrl(url);
    return child != null && child.getValue() instanceof IntegerType i ? i.getValue() : null;
  }

  private void expect(String path, String place, String expected, @Nullable String found) {
    if (!expected.equals(found)) {
      faults.add(new ContentFault(path, place, "is '" + found + "', expected '" + expected + "'"));
    }
  }
}
