package se.nhv.fhir.evaluation.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.elm.r1.VersionedIdentifier;
import org.opencds.cqf.cql.engine.execution.GlobalCoverage;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.CqlDefinition;
import se.nhv.fhir.content.CqlDefinition.Name;
import se.nhv.fhir.content.CqlLibraries;

/**
 * Which lines of the CQL were evaluated by the evaluators of a {@link ReferenceEngine} that was
 * made to tell. For use by one thread.
 */
public final class CqlCoverage {

  private record Watched(GlobalCoverage coverage, String libraryId) {}

  private final CqlLibraries libraries;
  private final List<Watched> watched = new ArrayList<>();

  /** For the libraries of that content. */
  public CqlCoverage(Content content) {
    this.libraries = content.libraries();
  }

  void watch(GlobalCoverage coverage, String libraryId) {
    watched.add(new Watched(coverage, libraryId));
  }

  /**
   * The definitions and functions, of those that the criteria need, that were never evaluated; in
   * the order of their libraries and lines.
   *
   * @param criteria names in the library with that id
   */
  public List<Name> neverReached(String libraryId, Collection<String> criteria) {
    Map<String, SortedSet<Integer>> reached = reachedLines();
    Map<Name, CqlDefinition> definitions = new LinkedHashMap<>();
    for (String id : reached.keySet()) {
      libraries.definitions(id).forEach(d -> definitions.put(d.name(), d));
    }
    Set<Name> needed = new HashSet<>();
    for (CqlDefinition definition : definitions.values()) {
      if (definition.name().libraryId().equals(libraryId)
          && criteria.contains(definition.name().name())) {
        need(definition.name(), definitions, needed);
      }
    }
    return definitions.values().stream()
        .filter(d -> needed.contains(d.name()) && !isReached(d, reached))
        .map(CqlDefinition::name)
        .toList();
  }

  private static void need(Name name, Map<Name, CqlDefinition> definitions, Set<Name> needed) {
    CqlDefinition definition = definitions.get(name);
    if (definition != null && needed.add(name)) {
      definition.uses().forEach(used -> need(used, definitions, needed));
    }
  }

  private static boolean isReached(
      CqlDefinition definition, Map<String, SortedSet<Integer>> reached) {
    return !reached
        .getOrDefault(definition.name().libraryId(), new TreeSet<>())
        .subSet(definition.firstLine(), definition.lastLine() + 1)
        .isEmpty();
  }

  /** By library, its lines that were evaluated at least once. */
  private Map<String, SortedSet<Integer>> reachedLines() {
    Map<String, SortedSet<Integer>> lines = new TreeMap<>();
    for (Watched each : watched) {
      for (String id : libraries.withIncludes(each.libraryId())) {
        VersionedIdentifier library = libraries.identifier(id);
        String lcov = each.coverage().exportLcovInfo(List.of(library));
        SortedSet<Integer> ofLibrary = lines.computeIfAbsent(id, i -> new TreeSet<>());
        lcov.lines().filter(line -> line.startsWith("DA:")).forEach(line -> add(line, ofLibrary));
      }
    }
    return lines;
  }

  /** A line of LCOV's form {@code DA:<line number>,<how often>}. */
  private static void add(String line, SortedSet<Integer> lines) {
    String[] parts = line.substring("DA:".length()).split(",", 2);
    if (!parts[1].equals("0")) {
      lines.add(Integer.parseInt(parts[0]));
    }
  }
}
