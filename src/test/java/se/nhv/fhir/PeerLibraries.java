package se.nhv.fhir;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import se.nhv.fhir.content.Content;

/**
 * What the peer reads of our content beside the Measure: the library as CQL, those it includes, and
 * the value sets. Never our ELM, and never two versions of a library, for the peer asks by name.
 */
final class PeerLibraries {

  private static final String CQL = "text/cql";
  private static final String AS_OF = "parameter \"As Of\" Date default ";
  private static final String TODAY = AS_OF + "Today()";

  private final Map<String, Library> byCanonical = new TreeMap<>();
  private final Map<String, Library> byId = new TreeMap<>();
  private final List<ValueSet> valueSets;
  private final Map<String, List<Resource>> forRuns = new HashMap<>();

  PeerLibraries(Content content) {
    for (Library library : content.resources(Library.class)) {
      byCanonical.put(library.getUrl() + "|" + library.getVersion(), library);
      byId.put(library.getIdElement().getIdPart(), library);
    }
    this.valueSets = content.resources(ValueSet.class);
  }

  /** The library with what it needs, where {@code As Of} is that day; nothing else is changed. */
  List<Resource> forRun(String libraryId, LocalDate asOf) {
    return forRuns.computeIfAbsent(
        libraryId + " " + asOf,
        k -> {
          List<Resource> resources = new ArrayList<>(valueSets);
          add(Objects.requireNonNull(byId.get(libraryId), libraryId), asOf, resources);
          return resources;
        });
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

  /** Whether the library says something else on another day, by its name. */
  boolean isDated(String name) {
    return byId.values().stream()
        .filter(l -> l.getName().equals(name))
        .anyMatch(l -> source(l).contains(AS_OF));
  }

  private static String source(Library library) {
    return library.getContent().stream()
        .filter(c -> c.getContentType().equals(CQL))
        .map(c -> new String(c.getData(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static Library on(LocalDate asOf, Library library) {
    Library copy = library.copy();
    copy.getContent().removeIf(c -> !c.getContentType().equals(CQL));
    String cql = cql(source(library), asOf, library.getName());
    copy.getContentFirstRep().setData(cql.getBytes(StandardCharsets.UTF_8));
    return copy;
  }

  /** A library that tells the time in any other way would be evaluated as of the day of the run. */
  private static String cql(String cql, LocalDate asOf, String name) {
    String replaced = cql.replace(TODAY, AS_OF + "@" + asOf);
    if (replaced.contains("Today()") || replaced.contains("Now()")) {
      throw new IllegalStateException("the library " + name + " asks for the day of the run");
    }
    return replaced;
  }
}
