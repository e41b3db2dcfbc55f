package se.nhv.fhir.server.reports;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.ReportPage;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.SearchRequest;
import se.nhv.fhir.server.door.Shelf;
import se.nhv.fhir.server.door.StoredResources;

/**
 * Reports that are kept: every one for the authority, a unit's own for the unit. Riket is not for
 * units: with few of them, and revision by revision, it tells what each has counted.
 */
public record ReportShelf(Reports reports) implements Shelf.Versioned {

  private static final String RIKET = Canonicals.identifier("niva") + "|riket";

  private static final List<SearchParameter> PARAMETERS =
      List.of(
          SearchParameter.id(),
          new SearchParameter(
              "identifier",
              SearchParameter.Kind.IDENTIFIER,
              "An identifier: system|value, system| or value."),
          new SearchParameter(
              "measure",
              SearchParameter.Kind.CANONICAL,
              "The Measure's canonical URL, with |version for that version, without for any."),
          new SearchParameter(
              "period",
              SearchParameter.Kind.DATE,
              "The measurement period, with eq, ge, gt, le, lt, sa or eb."),
          new SearchParameter(
              "date",
              SearchParameter.Kind.DATE,
              "The day for which the report speaks, with eq, ge, gt, le, lt, sa or eb."),
          new SearchParameter(
              "reporter",
              SearchParameter.Kind.REFERENCE,
              "The reporting unit: Organization/ and its HSA-id, or the HSA-id."),
          new SearchParameter(
              "reporter:identifier",
              SearchParameter.Kind.IDENTIFIER,
              "Who reports and is no unit: " + RIKET + "."),
          new SearchParameter("status", SearchParameter.Kind.CODE, "complete, pending or error."),
          new SearchParameter(
              "_lastUpdated",
              SearchParameter.Kind.DATE,
              "When the current version was stored, with eq, ge, gt, le, lt, sa or eb."));

  @Override
  public String type() {
    return "MeasureReport";
  }

  @Override
  public List<SearchParameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return reports.read(id).filter(visibleTo(caller)).map(it -> it);
  }

  @Override
  public Optional<Resource> read(Caller caller, String id, long version) {
    return reports.read(id, version).filter(visibleTo(caller)).map(it -> it);
  }

  @Override
  public List<? extends Resource> history(Caller caller, String id) {
    return reports.history(id).stream()
        .filter(visibleTo(caller))
        .map(report -> StoredResources.asPut(report))
        .toList();
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (SearchRequest.Condition condition : request.conditions()) {
      add(parameters, condition.parameter().name(), String.join(",", condition.values()));
    }
    caller.unit().ifPresent(unit -> add(parameters, "reporter", "Organization/" + unit));
    ReportPage page = find(new ReportQuery(parameters, request.cursor(), request.count()));
    List<MeasureReport> found = page.reports();
    String next = page.more() ? found.get(found.size() - 1).getIdPart() : null;
    return new Found(found, page.total(), next);
  }

  private ReportPage find(ReportQuery query) {
    try {
      return reports.find(query);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  private static void add(Map<String, List<String>> parameters, String name, String value) {
    parameters.computeIfAbsent(name, it -> new ArrayList<>()).add(value);
  }

  private static Predicate<MeasureReport> visibleTo(Caller caller) {
    return report ->
        caller.unit().map(unit -> "Organization/" + unit).stream()
            .allMatch(unit -> unit.equals(report.getReporter().getReference()));
  }
}
