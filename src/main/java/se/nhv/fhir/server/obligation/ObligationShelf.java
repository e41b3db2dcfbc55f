package se.nhv.fhir.server.obligation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.obligation.Obligation;
import se.nhv.fhir.reporting.obligation.ObligationTask;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.SearchRequest;
import se.nhv.fhir.server.door.Shelf;

/** Obligations as Tasks: every one for the authority, a unit's own for the unit. */
record ObligationShelf(Obligations obligations) implements Shelf {

  private static final String ID = "_id";
  private static final String OWNER = "owner";
  private static final String GROUP = "group-identifier";
  private static final String STATUS = "business-status";

  private static final String ORGANIZATION = "Organization/";
  private static final Pattern GROUP_FORM =
      Pattern.compile("(?:.*\\|)?([a-z]{2,8})-(2019|20[2-9][0-9])");
  private static final Pattern UNIT_FORM = Pattern.compile("[A-Z0-9-]{1,31}");

  private static final List<SearchParameter> PARAMETERS =
      List.of(
          SearchParameter.id(),
          SearchParameter.reference(
              OWNER, "Organization", "The unit that owes: Organization/ and its HSA-id."),
          new SearchParameter(
              GROUP,
              SearchParameter.Kind.IDENTIFIER,
              "Area and reporting year, such as net-2025: system|value or value."),
          new SearchParameter(
              STATUS,
              SearchParameter.Kind.CODE,
              "oppen, utkast, granskad, godkand, inlamnad, mottagen or forsenad."));

  @Override
  public String type() {
    return "Task";
  }

  @Override
  public List<SearchParameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return find(caller, id).map(this::task);
  }

  /** The obligation with that id, if the caller may see it. */
  Optional<Obligation> find(Caller caller, String id) {
    return obligations.read(id).filter(it -> isVisible(caller, it));
  }

  private static boolean isVisible(Caller caller, Obligation obligation) {
    return caller.unit().stream().allMatch(unit -> unit.equals(obligation.unit()));
  }

  private Resource task(Obligation obligation) {
    return ObligationTask.of(obligation, obligations.today());
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    List<Obligation> matching =
        candidates(caller, request)
            .filter(it -> isVisible(caller, it))
            .filter(it -> it.year().value() <= obligations.today().getYear())
            .filter(it -> request.conditions().stream().allMatch(c -> matches(it, c)))
            .toList();
    String after = request.cursor();
    List<Obligation> page =
        matching.stream()
            .filter(it -> after == null || it.id().compareTo(after) > 0)
            .limit(request.count() + 1L)
            .toList();
    boolean more = page.size() > request.count();
    List<Obligation> shown = more ? page.subList(0, request.count()) : page;
    return new Found(
        shown.stream().map(this::task).toList(),
        matching.size(),
        more ? shown.get(shown.size() - 1).id() : null);
  }

  /** Those among which the answer is, by id: no more is worked out than has been asked for. */
  private Stream<Obligation> candidates(Caller caller, SearchRequest request) {
    List<String> ids = values(request, ID);
    if (!ids.isEmpty()) {
      return sorted(ids.stream().flatMap(it -> obligations.read(it).stream()).toList());
    }
    List<@Nullable Unit> units = new ArrayList<>();
    caller.unit().ifPresentOrElse(units::add, () -> units.addAll(owners(request)));
    List<Obligation> found = new ArrayList<>();
    for (@Nullable Unit unit : units) {
      List<String> groups = values(request, GROUP);
      if (groups.isEmpty()) {
        found.addAll(obligations.find(unit, null, null));
      }
      groups.stream()
          .map(GROUP_FORM::matcher)
          .filter(Matcher::matches)
          .forEach(
              it -> {
                ReportingYear year = new ReportingYear(Integer.parseInt(it.group(2)));
                found.addAll(obligations.find(unit, new Area(it.group(1)), year));
              });
    }
    return sorted(found);
  }

  private static List<@Nullable Unit> owners(SearchRequest request) {
    List<@Nullable Unit> units = new ArrayList<>();
    List<String> owners = values(request, OWNER);
    if (owners.isEmpty()) {
      units.add(null);
    }
    owners.stream()
        .map(it -> it.startsWith(ORGANIZATION) ? it.substring(ORGANIZATION.length()) : it)
        .filter(it -> UNIT_FORM.matcher(it).matches())
        .forEach(it -> units.add(new Unit(it)));
    return units;
  }

  private static Stream<Obligation> sorted(List<Obligation> found) {
    Map<String, Obligation> byId = new TreeMap<>();
    found.forEach(it -> byId.put(it.id(), it));
    return byId.values().stream();
  }

  /** The values of the first condition on that parameter. */
  private static List<String> values(SearchRequest request, String name) {
    return request.conditions().stream()
        .filter(it -> it.parameter().name().equals(name))
        .findFirst()
        .map(SearchRequest.Condition::values)
        .orElse(List.of());
  }

  private boolean matches(Obligation obligation, SearchRequest.Condition condition) {
    return condition.values().stream()
        .anyMatch(value -> matches(obligation, condition.parameter().name(), value));
  }

  private boolean matches(Obligation obligation, String name, String value) {
    return switch (name) {
      case ID -> obligation.id().equals(value);
      case OWNER -> value.replaceFirst("^Organization/", "").equals(obligation.unit().hsaId());
      case GROUP -> isGroup(obligation, value);
      case STATUS ->
          value.equals(obligation.state().code())
              || (value.equals(ObligationTask.LATE) && obligation.isLate(obligations.today()));
      default -> false;
    };
  }

  private static boolean isGroup(Obligation obligation, String value) {
    String group = obligation.area() + "-" + obligation.year();
    return value.equals(group) || value.equals(ObligationTask.IDENTIFIER + "|" + group);
  }
}
