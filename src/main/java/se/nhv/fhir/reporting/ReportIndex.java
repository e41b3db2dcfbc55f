package se.nhv.fhir.reporting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.Query.Comparison;
import se.nhv.fhir.store.Query.Criterion;
import se.nhv.fhir.store.ResourceKey;

/** The values under which reports are kept and found (R4 MeasureReport, search parameters). */
final class ReportIndex {

  private static final String STATUS_SYSTEM = "http://hl7.org/fhir/measure-report-status";

  private ReportIndex() {}

  /** The index entries of a report that has its id. */
  static List<IndexEntry> of(MeasureReport report) {
    List<IndexEntry> entries = new ArrayList<>();
    entries.add(IndexEntry.token("_id", report.getIdPart()));
    report.getIdentifier().forEach(identifier -> entries.addAll(tokens(identifier)));
    String canonical = report.getMeasure();
    entries.add(IndexEntry.token("measure", canonical));
    entries.add(IndexEntry.token("measure", canonical.replaceFirst("\\|.*", "")));
    if (report.getReporter().hasReference()) {
      entries.add(IndexEntry.token("reporter", report.getReporter().getReference()));
    } else {
      Identifier level = report.getReporter().getIdentifier();
      entries.add(IndexEntry.token("reporter", level.getSystem() + "|" + level.getValue()));
    }
    if (report.hasStatus()) {
      String status = report.getStatus().toCode();
      entries.add(IndexEntry.token("status", status));
      entries.add(IndexEntry.token("status", STATUS_SYSTEM + "|" + status));
    }
    entries.addAll(
        DateSearch.index(
            "period",
            report.getPeriod().getStartElement().getValueAsString(),
            report.getPeriod().getEndElement().getValueAsString()));
    if (report.hasDate()) {
      String date = report.getDateElement().getValueAsString();
      entries.addAll(DateSearch.index("date", date, date));
    }
    return entries;
  }

  /** With a bar when the system is asked for, and without when any will do. */
  private static List<IndexEntry> tokens(Identifier identifier) {
    String system = identifier.hasSystem() ? identifier.getSystem() : "";
    String value = identifier.hasValue() ? identifier.getValue() : "";
    return List.of(
        IndexEntry.token("identifier", system + "|" + value),
        IndexEntry.token("identifier", system + "|"),
        IndexEntry.token("identifier.value", value));
  }

  /** The store's query for that search in that partition. */
  static Query query(ReportQuery query, String partition) {
    List<Criterion> criteria = new ArrayList<>();
    Instant from = null;
    Instant to = null;
    for (String parameter : query.parameters().keySet()) {
      for (String value : query.parameters().getOrDefault(parameter, List.of())) {
        if (parameter.equals("_lastUpdated")) {
          DateSearch search = DateSearch.parse(value);
          from = from == null || search.earliest().isAfter(from) ? search.earliest() : from;
          to = to == null || search.latest().isBefore(to) ? search.latest() : to;
        } else {
          criteria.addAll(criteria(parameter, value));
        }
      }
    }
    ResourceKey after =
        query.after() == null ? null : new ResourceKey(partition, "MeasureReport", query.after());
    return new Query(partition, "MeasureReport", criteria, from, to, after, query.count());
  }

  private static List<Criterion> criteria(String parameter, String value) {
    if (parameter.equals("period") || parameter.equals("date")) {
      return DateSearch.parse(value).criteria(parameter);
    }
    Criterion either = null;
    for (String one : value.split(",", -1)) {
      Criterion criterion = token(parameter, one);
      either = either == null ? criterion : either.or(criterion);
    }
    return either == null ? List.of() : List.of(either);
  }

  private static Criterion token(String parameter, String value) {
    return switch (parameter) {
      case "identifier" -> is(value.contains("|") ? parameter : "identifier.value", value);
      case "reporter:identifier" -> is("reporter", value);
      case "reporter" -> is(parameter, reporter(value));
      default -> is(parameter, value);
    };
  }

  private static Criterion is(String parameter, String value) {
    return new Criterion(parameter, Comparison.EQUAL, List.of(value));
  }

  /** As it is indexed: a reference, or the identifier of who is no unit. */
  private static String reporter(String value) {
    if (value.contains("|")) {
      return value;
    }
    return value.contains("/") ? relative(value) : "Organization/" + value;
  }

  /** The last two parts of a reference, which may be absolute. */
  private static String relative(String reference) {
    int before = reference.lastIndexOf('/', reference.lastIndexOf('/') - 1);
    return reference.substring(before + 1);
  }
}
