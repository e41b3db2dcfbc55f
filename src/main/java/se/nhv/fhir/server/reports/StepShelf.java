package se.nhv.fhir.server.reports;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.SearchRequest;
import se.nhv.fhir.server.door.Shelf;
import se.nhv.fhir.server.door.StoredResources;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/**
 * The steps on reports' ways, who signed and who submitted: visible to those to whom the report is.
 *
 * @param store where they are kept
 * @param partition in which, together with the reports
 * @param reports those reports
 */
public record StepShelf(ResourceStore store, String partition, ReportShelf reports)
    implements Shelf {

  private static final Pattern TARGET =
      Pattern.compile("MeasureReport/([A-Za-z0-9.-]{1,64})(?:/_history/[1-9][0-9]{0,8})?");
  private static final String REPORT = "target";

  @Override
  public String type() {
    return "Provenance";
  }

  @Override
  public List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.reference(
            REPORT,
            "MeasureReport",
            "The report, MeasureReport/ and its id, or with /_history/ and the version."));
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return store
        .read(new ResourceKey(partition, type(), id))
        .map(StoredResources::toResource)
        .filter(it -> isVisible(caller, ((Provenance) it).getTargetFirstRep().getReference()));
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    List<Query.Criterion> criteria = new ArrayList<>();
    for (SearchRequest.Condition condition : request.conditions()) {
      List<String> targets = condition.values().stream().map(StepShelf::target).toList();
      criteria.add(new Query.Criterion(REPORT, Query.Comparison.EQUAL, targets));
    }
    caller
        .unit()
        .map(unit -> List.of("Organization/" + unit))
        .ifPresent(it -> criteria.add(new Query.Criterion("reporter", Query.Comparison.EQUAL, it)));
    String after = request.cursor();
    ResourceKey key = after == null ? null : new ResourceKey(partition, type(), after);
    Page page =
        store.search(new Query(partition, type(), criteria, null, null, key, request.count()));
    List<Resource> found = page.versions().stream().map(StoredResources::toResource).toList();
    return new Found(
        found, page.total(), page.more() ? found.get(found.size() - 1).getIdPart() : null);
  }

  private static String target(String value) {
    String reference = value.startsWith("MeasureReport/") ? value : "MeasureReport/" + value;
    if (!TARGET.matcher(reference).matches()) {
      throw new InvalidRequestException(
          "target takes MeasureReport/ and an id, with or without /_history/ and a version.");
    }
    return reference;
  }

  private boolean isVisible(Caller caller, String target) {
    Matcher matcher = TARGET.matcher(target);
    return matcher.matches() && reports.read(caller, matcher.group(1)).isPresent();
  }
}
