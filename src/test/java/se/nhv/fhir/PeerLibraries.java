package se.nhv.fhir;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.cqframework.cql.cql2elm.model.CompiledLibrary;
import org.hl7.elm.r1.Date;
import org.hl7.elm.r1.Expression;
import org.hl7.elm.r1.Literal;
import org.hl7.elm.r1.ParameterDef;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.fhir.cql.EvaluationSettings;
import se.nhv.fhir.content.Content;

/**
 * What the peer reads of our content beside the Measure: the library as CQL, those it includes, and
 * the value sets. Never our ELM, and never two versions of a library, for the peer asks by name.
 */
final class PeerLibraries {

  private static final String CQL = "text/cql";
  private static final String AS_OF = "As Of";
  private static final String TO_AS_OF = "parameter \"" + AS_OF + "\" Date default ";
  private static final String TODAY = TO_AS_OF + "Today()";

  /** The functions that give a Decimal, which the peer does not take; they have no argument. */
  static final Set<String> DECIMAL_OBSERVATIONS = Set.of("E1 Measure Observation");

  private final Map<String, Library> byCanonical = new TreeMap<>();
  private final Map<String, Library> byId = new TreeMap<>();
  private final List<ValueSet> valueSets;
  private final Map<String, List<Resource>> forRuns = new HashMap<>();
  private final Map<String, EvaluationSettings> settings = new HashMap<>();
  private EvaluationSettings latest = EvaluationSettings.getDefault();

  PeerLibraries(Content content) {
    for (Library library : content.resources(Library.class)) {
      byCanonical.put(library.getUrl() + "|" + library.getVersion(), library);
      byId.put(library.getIdElement().getIdPart(), library);
    }
    this.valueSets = content.resources(ValueSet.class);
  }

  /**
   * The library with what it needs, where {@code As Of} is that day; none of it else is changed.
   */
  List<Resource> forRun(String libraryId, LocalDate asOf) {
    return forRuns.computeIfAbsent(
        libraryId + " " + asOf,
        k -> {
          List<Resource> resources = new ArrayList<>(valueSets);
          add(primary(libraryId), asOf, resources);
          return resources;
        });
  }

  /**
   * Settings that hold what the peer has translated in earlier runs of the library, on that day.
   * The peer takes {@code As Of} as a parameter too, but builds a whole FhirContext to read one
   * (R4MeasureProcessor.resolveParameterMap), and to translate anew for every day is slow as well.
   */
  EvaluationSettings settings(String libraryId, LocalDate asOf) {
    EvaluationSettings translated = settings.computeIfAbsent(libraryId, l -> settings());
    translated.getLibraryCache().values().forEach(l -> put(asOf, l));
    return translated;
  }

  /** What several libraries include is translated once only. */
  private EvaluationSettings settings() {
    EvaluationSettings fresh = new EvaluationSettings(latest);
    fresh.getLibraryCache().values().removeIf(l -> l.resolveParameterRef(AS_OF) != null);
    latest = fresh;
    return fresh;
  }

  private static void put(LocalDate asOf, CompiledLibrary library) {
    ParameterDef parameter = library.resolveParameterRef(AS_OF);
    if (parameter != null) {
      Date day = (Date) Objects.requireNonNull(parameter.getDefault());
      put(asOf.getYear(), day.getYear());
      put(asOf.getMonthValue(), day.getMonth());
      put(asOf.getDayOfMonth(), day.getDay());
    }
  }

  private static void put(int value, @Nullable Expression literal) {
    ((Literal) Objects.requireNonNull(literal)).setValue(String.valueOf(value));
  }

  private Library primary(String libraryId) {
    return Objects.requireNonNull(byId.get(libraryId), libraryId);
  }

  private void add(Library library, LocalDate asOf, List<Resource> resources) {
    resources.add(on(asOf, library));
    for (RelatedArtifact artifact : library.getRelatedArtifact()) {
      Library included = byCanonical.get(artifact.getResource());
      if (artifact.getType() == RelatedArtifactType.DEPENDSON && included != null) {
        add(included, asOf, resources);
      }
    }
  }

  /** The name of the function that gives the same as text. */
  static String asText(String function) {
    return function + " As Text";
  }

  private static Library on(LocalDate asOf, Library library) {
    Library copy = library.copy();
    copy.getContent().removeIf(c -> !c.getContentType().equals(CQL));
    String source = new String(copy.getContentFirstRep().getData(), StandardCharsets.UTF_8);
    String cql = cql(source, asOf, library.getName());
    copy.getContentFirstRep().setData(cql.getBytes(StandardCharsets.UTF_8));
    return copy;
  }

  /** A library that tells the time in any other way would be evaluated as of the day of the run. */
  private static String cql(String cql, LocalDate asOf, String name) {
    String replaced = cql.replace(TODAY, TO_AS_OF + "@" + asOf);
    if (replaced.contains("Today()") || replaced.contains("Now()")) {
      throw new IllegalStateException("the library " + name + " asks for the day of the run");
    }
    return replaced + texts(cql);
  }

  private static String texts(String cql) {
    return DECIMAL_OBSERVATIONS.stream()
        .filter(f -> cql.contains("define function \"" + f + "\"()"))
        .map(f -> "\ndefine function \"%s\"(): ToString(\"%s\"())\n".formatted(asText(f), f))
        .collect(joining());
  }
}
