package se.nhv.fhir.content;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import se.nhv.fhir.measure.MeasureReference;

/**
 * The Measures, libraries, vocabulary and profiles, read and checked. Immutable but for the FHIR
 * resources themselves, which nobody changes; safe for use by many threads.
 */
public final class Content {

  private final Map<String, MeasureDefinition> measures;
  private final CqlLibraries libraries;
  private final ValueSetExpansions valueSets;
  private final ContentFiles files;
  private final List<MetadataResource> conformance;
  private final Map<MeasureReference, MeasureRequirements> requirements = new ConcurrentHashMap<>();

  private Content(
      Map<String, MeasureDefinition> measures,
      CqlLibraries libraries,
      ValueSetExpansions valueSets,
      ContentFiles files,
      List<MetadataResource> conformance) {
    this.measures = measures;
    this.libraries = libraries;
    this.valueSets = valueSets;
    this.files = files;
    this.conformance = List.copyOf(conformance);
  }

  /** Reads the content that is packed with the program. */
  public static Content packed() {
    return load(ContentFiles.packed());
  }

  /**
   * Reads and checks content.
   *
   * @throws InvalidContentException with every fault in it
   */
  public static Content load(ContentFiles files) {
    List<ContentFault> faults = new ArrayList<>();
    ResourceReader reader = new ResourceReader(FhirContext.forR4Cached(), faults);
    CqlLibraries libraries = new CqlTranslation(files, faults).translate();
    ConformanceFiles read = ConformanceFiles.read(files, reader, faults);
    ValueSetExpansions expansions = ValueSetExpansions.read(read.valueSets(), faults);
    read.checkValueSets(libraries, expansions, faults);
    Map<String, ValueSet> byUrl = new HashMap<>();
    read.valueSets().forEach(v -> byUrl.put(v.getUrl(), v));
    MeasureReader measureReader =
        new MeasureReader(libraries, new ContentHashes(files, libraries, byUrl), faults);
    Map<String, MeasureDefinition> measures = new TreeMap<>();
    for (Measure measure : read.measures()) {
      MeasureDefinition definition = measureReader.read(measure);
      if (definition != null) {
        measures.put(definition.reference().id(), definition);
      }
    }
    refuse(faults);
    List<MetadataResource> conformance =
        Stream.concat(read.all().stream(), LibraryResources.of(libraries, read.measures()).stream())
            .toList();
    return new Content(measures, libraries, expansions, files, conformance);
  }

  /** Every Measure, by id. */
  public List<MeasureDefinition> measures() {
    return List.copyOf(measures.values());
  }

  /** The Measure with that name and version. */
  public Optional<MeasureDefinition> measure(MeasureReference reference) {
    return Optional.ofNullable(measures.get(reference.id()));
  }

  /**
   * What the Measure requires of a hospital's data; worked out at the first call.
   *
   * @throws IllegalArgumentException if there is no such Measure
   */
  public MeasureRequirements requirements(MeasureReference reference) {
    MeasureDefinition measure =
        measure(reference)
            .orElseThrow(() -> new IllegalArgumentException("there is no Measure " + reference));
    return requirements.computeIfAbsent(
        reference, r -> MeasureRequirements.of(measure, libraries, valueSets));
  }

  /**
   * Each kind of resource that the criteria of the Measure read.
   *
   * @throws IllegalArgumentException if there is no such Measure
   */
  public List<DataRequirement> dataRequirements(MeasureReference reference) {
    return requirements(reference).data();
  }

  /** The CQL libraries. */
  public CqlLibraries libraries() {
    return libraries;
  }

  /** The codes of the value sets. */
  public ValueSetExpansions valueSets() {
    return valueSets;
  }

  /**
   * The cases worked out by hand, by Measure and name; read at each call, since only tests ask.
   *
   * @throws InvalidContentException with every fault in them
   */
  public List<MeasureCase> cases() {
    List<ContentFault> faults = new ArrayList<>();
    ResourceReader reader = new ResourceReader(FhirContext.forR4Cached(), faults);
    List<MeasureCase> cases = new CaseReader(files, reader, faults).read(measures);
    refuse(faults);
    return cases;
  }

  private static void refuse(List<ContentFault> faults) {
    if (!faults.isEmpty()) {
      throw new InvalidContentException(
          faults.stream().sorted(Comparator.comparing(ContentFault::file)).toList());
    }
  }

  /** The conformance and knowledge resources of one type, as they are published. */
  public <T extends MetadataResource> List<T> resources(Class<T> type) {
    return conformance.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** A validator against the profiles; slow to make and to warm. */
  public ResourceValidator validator() {
    return new ResourceValidator(
        FhirContext.forR4Cached(),
        resources(StructureDefinition.class),
        resources(ValueSet.class),
        resources(CodeSystem.class));
  }
}
