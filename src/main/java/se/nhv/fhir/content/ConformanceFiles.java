package se.nhv.fhir.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * The Measures, vocabulary and profiles as they stand in the files.
 *
 * @param measures the Measures
 * @param valueSets the value sets
 * @param codeSystems the code systems
 * @param structureDefinitions the profiles and extensions, with differentials
 * @param conceptMaps which codes of others go with which of ours
 */
record ConformanceFiles(
    List<Measure> measures,
    List<ValueSet> valueSets,
    List<CodeSystem> codeSystems,
    List<StructureDefinition> structureDefinitions,
    List<ConceptMap> conceptMaps) {

  private static final String MEASURES = "measures-fhir/input/resources/measure/";

  static ConformanceFiles read(
      ContentFiles files, ResourceReader reader, List<ContentFault> faults) {
    ConformanceFiles read =
        new ConformanceFiles(
            canonical(reader.read(files.under(MEASURES, ".json"), Measure.class), faults),
            canonical(reader.read(named(files, "ValueSet-"), ValueSet.class), faults),
            canonical(reader.read(named(files, "CodeSystem-"), CodeSystem.class), faults),
            canonical(
                reader.read(named(files, "StructureDefinition-"), StructureDefinition.class),
                faults),
            canonical(reader.read(named(files, "ConceptMap-"), ConceptMap.class), faults));
    read.checkDuplicates(faults);
    return read;
  }

  List<MetadataResource> all() {
    List<MetadataResource> all = new ArrayList<>(measures);
    all.addAll(valueSets);
    all.addAll(codeSystems);
    all.addAll(structureDefinitions);
    all.addAll(conceptMaps);
    return all;
  }

  /** Those that can be found again: by url and version. */
  private static <T extends MetadataResource> List<T> canonical(
      List<T> resources, List<ContentFault> faults) {
    List<T> complete = new ArrayList<>();
    for (T resource : resources) {
      if (resource.hasUrl() && resource.hasVersion()) {
        complete.add(resource);
      } else {
        faults.add(new ContentFault(ResourceReader.path(resource), "", "needs url and version"));
      }
    }
    return complete;
  }

  private void checkDuplicates(List<ContentFault> faults) {
    Map<String, String> pathByCanonical = new HashMap<>();
    for (MetadataResource resource : all()) {
      String canonical = resource.getUrl() + "|" + resource.getVersion();
      String path = ResourceReader.path(resource);
      String other = pathByCanonical.putIfAbsent(canonical, path);
      if (other != null) {
        faults.add(new ContentFault(path, "url", canonical + " is also in " + other));
      }
    }
  }

  /** Every value set that CQL names exists with an expansion, and holds only codes that exist. */
  void checkValueSets(
      CqlLibraries libraries, ValueSetExpansions expansions, List<ContentFault> faults) {
    for (String id : libraries.ids()) {
      TranslatedLibrary library = libraries.translated(id);
      for (String url : library.valueSets()) {
        if (!expansions.byUrl().containsKey(url)) {
          String problem = "names the value set " + url + ", which is not here with an expansion";
          faults.add(new ContentFault(library.path(), "", problem));
        }
      }
    }
    codeSystems.forEach(system -> checkCodes(system, faults));
  }

  private void checkCodes(CodeSystem system, List<ContentFault> faults) {
    for (ValueSet valueSet : valueSets) {
      valueSet.getExpansion().getContains().stream()
          .filter(c -> system.getUrl().equals(c.getSystem()))
          .filter(
              c ->
                  system.getConcept().stream()
                      .noneMatch(k -> Objects.equals(k.getCode(), c.getCode())))
          .map(c -> "the code " + c.getCode() + " is not in " + c.getSystem())
          .map(p -> new ContentFault(ResourceReader.path(valueSet), "ValueSet.expansion", p))
          .forEach(faults::add);
    }
  }

  private static SortedMap<String, byte[]> named(ContentFiles files, String prefix) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    files
        .under("", ".json")
        .forEach(
            (path, bytes) -> {
              boolean isExample = path.contains("/examples/") || path.contains("/tests/");
              if (!isExample && path.substring(path.lastIndexOf('/') + 1).startsWith(prefix)) {
                found.put(path, bytes);
              }
            });
    return found;
  }
}
