package se.nhv.fhir.intake.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.SystemCode;

/**
 * All ConceptMaps of a unit as one relation between codes; it does not depend on their order.
 * Filled while it is read, then never changed.
 */
final class CodeTable {

  /**
   * One step of the relation.
   *
   * @param code the code that is mapped to
   * @param display its display, or null
   * @param map the ConceptMap that says so
   */
  record Target(SystemCode code, @Nullable String display, String map)
      implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      return code.compareTo(other.code);
    }
  }

  private final Map<SystemCode, SortedSet<Target>> targets = new HashMap<>();
  private final Set<SystemCode> without = new HashSet<>();
  private final Map<String, SortedSet<Target>> otherwise = new HashMap<>();
  private final Map<String, Map<String, Target>> sameCode = new HashMap<>();
  private final Set<String> sources = new HashSet<>();

  void addSource(String system) {
    sources.add(system);
  }

  void add(SystemCode from, Target to) {
    targets.computeIfAbsent(from, it -> new TreeSet<>()).add(to);
  }

  /** A code of which it is said that it has no target. */
  void addWithout(SystemCode from) {
    without.add(from);
  }

  /** What every code of a system that is not named maps to. */
  void addOtherwise(String system, Target to) {
    otherwise.computeIfAbsent(system, it -> new TreeSet<>()).add(to);
  }

  /** Every code of a system that is not named is that system's too. */
  void addSameCode(String system, String targetSystem, String map) {
    sameCode
        .computeIfAbsent(system, it -> new TreeMap<>())
        .put(targetSystem, new Target(new SystemCode(targetSystem, ""), null, map));
  }

  boolean isSource(String system) {
    return sources.contains(system);
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Whether someone has said of it what it maps to, or that it maps to nothing. */
  boolean isSettled(SystemCode code) {
    return without.contains(code) || !direct(code).isEmpty();
  }

  private SortedSet<Target> direct(SystemCode from) {
    SortedSet<Target> named = targets.get(from);
    if (named != null || without.contains(from)) {
      return named == null ? new TreeSet<>() : named;
    }
    SortedSet<Target> found = new TreeSet<>(otherwise.getOrDefault(from.system(), new TreeSet<>()));
    sameCode
        .getOrDefault(from.system(), Map.of())
        .values()
        .forEach(
            it ->
                found.add(
                    new Target(new SystemCode(it.code().system(), from.code()), null, it.map())));
    return found;
  }

  /** Everything that it maps to, by way of others too, in the order of systems and codes. */
  NavigableMap<SystemCode, Target> reached(SystemCode from) {
    NavigableMap<SystemCode, Target> reached = new TreeMap<>();
    if (!isSource(from.system())) {
      return reached;
    }
    Deque<SystemCode> waiting = new ArrayDeque<>(Set.of(from));
    while (!waiting.isEmpty()) {
      for (Target target : direct(waiting.remove())) {
        if (!target.code().equals(from) && reached.putIfAbsent(target.code(), target) == null) {
          waiting.add(target.code());
        }
      }
    }
    return reached;
  }

  /** What it maps to in the end: what is reached and maps to nothing more. */
  Set<Target> ends(SystemCode from) {
    Set<Target> ends = new LinkedHashSet<>();
    for (Target target : reached(from).values()) {
      if (reached(target.code()).isEmpty()) {
        ends.add(target);
      }
    }
    return ends;
  }

  /** Every code that maps to that one; empty if codes that nobody named may map to it, too. */
  Optional<Set<SystemCode>> sourcesOf(SystemCode target) {
    for (SortedSet<Target> any : otherwise.values()) {
      if (any.stream().anyMatch(it -> leads(it.code(), target))) {
        return Optional.empty();
      }
    }
    if (!sameCode.isEmpty()) {
      return Optional.empty();
    }
    Set<SystemCode> found = new TreeSet<>();
    for (SystemCode code : targets.keySet()) {
      if (reached(code).containsKey(target)) {
        found.add(code);
      }
    }
    return Optional.of(found);
  }

  private boolean leads(SystemCode from, SystemCode to) {
    return from.equals(to) || reached(from).containsKey(to);
  }
}
