package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.CodeFilter;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.DataRequirement;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.PatientAnchor;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingSchedule.FirstReport;
import se.nhv.fhir.measure.SystemCode;

/**
 * What the Measures of some areas require of a source: how their patients are found, and what is
 * then fetched of them. {@code _include} and {@code _revinclude} are not used: the patients are
 * known before anything is fetched, so that one list of them fetches a type as well, in pages of
 * its own, and more sources take it. Immutable.
 *
 * @param anchors by which patients are found
 * @param care what is fetched, by type
 */
record PullPlan(List<Wanted> anchors, SortedMap<String, Wanted> care) {

  /**
   * Resources of one type that are asked for.
   *
   * @param type the type
   * @param codes the source's codes by element, of which a resource must hold any; empty for all
   * @param dates elements of which any lies on the day or later; empty if that cannot be said
   * @param from the day, a day's margin included, or null
   * @param measures the ids of the Measures that need them
   */
  record Wanted(
      String type,
      SortedMap<String, SortedSet<SystemCode>> codes,
      SortedSet<String> dates,
      @Nullable LocalDate from,
      SortedSet<String> measures) {

    /** Whether a resource of the type is one of them. */
    boolean includes(ObjectNode resource) {
      boolean isCoded =
          codes.isEmpty()
              || codes.entrySet().stream()
                  .anyMatch(it -> holds(resource.path(it.getKey()), it.getValue()));
      return isCoded && (from == null || isFrom(resource, from));
    }

    /** As a search by date has it: whatever reaches to the day, an open period too. */
    private boolean isFrom(ObjectNode resource, LocalDate day) {
      for (String element : dates) {
        for (String key : List.of(element, element + "DateTime", element + "Period")) {
          JsonNode value = resource.path(key);
          String last = value.isObject() ? value.path("end").asText("9") : value.asText();
          String padded = last + "9999-99-99".substring(Math.min(last.length(), 10));
          if (!value.isMissingNode() && padded.compareTo(day.toString()) >= 0) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean holds(JsonNode element, Set<SystemCode> codes) {
      for (JsonNode concept : element.isArray() ? element : List.of(element)) {
        for (JsonNode coding : concept.path("coding")) {
          String system = coding.path("system").asText();
          if (codes.contains(new SystemCode(system, coding.path("code").asText()))) {
            return true;
          }
        }
      }
      return false;
    }

    String words() {
      StringBuilder words = new StringBuilder(type);
      codes.forEach(
          (path, some) ->
              words
                  .append(" with ")
                  .append(path)
                  .append(' ')
                  .append(String.join(", ", some.stream().map(SystemCode::code).toList())));
      if (from != null) {
        words.append(", ").append(String.join(" or ", dates)).append(" from ").append(from);
      }
      return words.append(" (").append(measures.size()).append(" Measures)").toString();
    }

    /** The two in one; all resources if either is for all. */
    private Wanted and(Wanted other) {
      SortedMap<String, SortedSet<SystemCode>> either = new TreeMap<>();
      if (!codes.isEmpty() && !other.codes.isEmpty()) {
        codes.forEach((path, some) -> either.put(path, new TreeSet<>(some)));
        other.codes.forEach(
            (path, some) -> either.computeIfAbsent(path, p -> new TreeSet<>()).addAll(some));
      }
      SortedSet<String> needing = new TreeSet<>(measures);
      needing.addAll(other.measures);
      LocalDate earlier =
          from == null || other.from == null ? null : from.isBefore(other.from) ? from : other.from;
      return new Wanted(type, either, dates, earlier, needing);
    }
  }

  /** What is asked for, in words, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    anchors.forEach(it -> lines.add("1 find patients by " + it.words()));
    care.values().forEach(it -> lines.add("2 fetch their " + it.words()));
    return lines;
  }

  /** The ids of the Measures that need that type; all, if it is no type of the intake. */
  SortedSet<String> measuresThatNeed(String type) {
    SortedSet<String> needing = new TreeSet<>();
    Stream.concat(anchors.stream(), care.values().stream())
        .filter(it -> it.type.equals(type) || !AcceptedTypes.contains(type))
        .forEach(it -> needing.addAll(it.measures));
    return needing;
  }

  /** The plan for all Measures of those areas, or of all areas if there are none. */
  static PullPlan of(Content content, List<Area> areas, CodeTranslation translation) {
    SortedMap<String, Wanted> anchors = new TreeMap<>();
    SortedMap<String, Wanted> care = new TreeMap<>();
    for (MeasureDefinition measure : content.measures()) {
      if (areas.isEmpty() || areas.contains(measure.area())) {
        var requirements = content.requirements(measure.reference());
        for (PatientAnchor anchor : requirements.anchors()) {
          Wanted wanted = anchor(measure, anchor, translation);
          String like = wanted.type + wanted.codes.keySet() + wanted.dates + (wanted.from == null);
          anchors.merge(like, wanted, Wanted::and);
        }
        for (DataRequirement required : requirements.data()) {
          Wanted wanted =
              new Wanted(
                  required.type(),
                  codes(required.type(), required.codeFilters(), translation),
                  new TreeSet<>(),
                  null,
                  new TreeSet<>(Set.of(measure.reference().id())));
          care.merge(required.type(), wanted, Wanted::and);
        }
        care.merge("Patient", everyone(measure), Wanted::and);
      }
    }
    return new PullPlan(List.copyOf(anchors.values()), care);
  }

  private static Wanted everyone(MeasureDefinition measure) {
    SortedSet<String> id = new TreeSet<>(Set.of(measure.reference().id()));
    return new Wanted("Patient", new TreeMap<>(), new TreeSet<>(), null, id);
  }

  /** A Measure that is owed speaks of no day before its first period; a proposal of any. */
  private static Wanted anchor(
      MeasureDefinition measure, PatientAnchor anchor, CodeTranslation translation) {
    FirstReport first = measure.schedule().first();
    boolean isDated =
        first != null
            && !anchor.dates().isEmpty()
            && anchor.dates().stream()
                .allMatch(
                    it ->
                        SearchParameters.date(anchor.type(), it).isPresent()
                            && !translation.mayWrite(anchor.type(), it));
    return new Wanted(
        anchor.type(),
        codes(anchor.type(), anchor.codeFilters(), translation),
        isDated ? anchor.dates() : new TreeSet<>(),
        isDated && first != null ? first.period().start().minusDays(1) : null,
        new TreeSet<>(Set.of(measure.reference().id())));
  }

  private static SortedMap<String, SortedSet<SystemCode>> codes(
      String type, List<CodeFilter> filters, CodeTranslation translation) {
    SortedMap<String, SortedSet<SystemCode>> codes = new TreeMap<>();
    for (CodeFilter filter : filters) {
      for (SystemCode code : filter.codes()) {
        Optional<Set<SystemCode>> source = translation.sourceCodes(type, code);
        if (source.isEmpty()) {
          return new TreeMap<>();
        }
        codes.computeIfAbsent(filter.path(), path -> new TreeSet<>()).addAll(source.get());
      }
    }
    return codes;
  }

  /** The searches by which the patients of an anchor are found, as fine as the source takes. */
  static List<Ask> asks(Wanted anchor, SourceCapabilities source, List<String> narrowing) {
    List<Ask> asks = new ArrayList<>();
    List<String> dates = new ArrayList<>();
    for (String element : anchor.dates) {
      SearchParameters.date(anchor.type, element)
          .filter(it -> source.searches(anchor.type, it))
          .ifPresent(it -> dates.add(it + "=ge" + anchor.from));
    }
    if (dates.size() < anchor.dates.size() || dates.isEmpty()) {
      asks.add(ask(anchor, source, narrowing));
    } else {
      for (String date : dates) {
        List<String> more = new ArrayList<>(narrowing);
        more.add(date);
        asks.add(ask(anchor, source, more));
      }
    }
    return asks;
  }

  private static Ask ask(Wanted anchor, SourceCapabilities source, List<String> narrowing) {
    Map.Entry<String, List<String>> tokens = tokens(anchor, source);
    return new Ask(anchor.type, tokens.getKey(), tokens.getValue(), narrowing);
  }

  /** The token parameter that picks all that is wanted, with its values; empty if none does. */
  static Map.Entry<String, List<String>> tokens(Wanted wanted, SourceCapabilities source) {
    if (wanted.codes.size() == 1) {
      String path = wanted.codes.firstKey();
      Optional<String> parameter =
          SearchParameters.token(wanted.type, path).filter(it -> source.searches(wanted.type, it));
      if (parameter.isPresent()) {
        return Map.entry(
            parameter.get(),
            wanted.codes.values().iterator().next().stream()
                .map(it -> escaped(it.system()) + "|" + escaped(it.code()))
                .toList());
      }
    }
    return Map.entry("", List.of());
  }

  /** Characters with a meaning in search values (FHIR R4, search.html#escaping). */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\,$|])", "\\\\$1");
  }
}
