package se.nhv.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cqframework.cql.cql2elm.CqlTranslator;
import org.hl7.elm.r1.VersionedIdentifier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.ValueSet;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.intake.PatientGrouping;
import se.nhv.fhir.measure.PatientRecord;

/**
 * Writes every Measure and every case worked out by hand as Bundles, for an evaluator that reads
 * ELM and nothing of ours. Argument: a folder, new or empty. There come {@code <measure>.json} (the
 * Measure as it is, its Libraries with ELM, every expanded ValueSet) and {@code
 * <measure>/<case>.json} (the expected MeasureReport, which tells the period and the as-of day, and
 * a Bundle a patient, each resource as its file has it).
 */
public final class FqmBundles {

  private static final VersionedIdentifier FHIR_HELPERS =
      new VersionedIdentifier().withId("FHIRHelpers").withVersion("4.0.1");

  private final IParser parser = FhirContext.forR4Cached().newJsonParser();
  private final Content content;
  private final Path folder;
  private final Map<String, Library> libraries = new TreeMap<>();
  private final Library fhirHelpers;

  private FqmBundles(Content content, Path folder) {
    this.content = content;
    this.folder = folder;
    for (Library library : content.resources(Library.class)) {
      libraries.put(library.getUrl() + "|" + library.getVersion(), library);
    }
    this.fhirHelpers = fhirHelpers(content);
  }

  /**
   * Writes.
   *
   * @throws IllegalArgumentException if there is not one argument, or its folder holds something
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("one argument is wanted: the folder to write to");
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (Stream<Path> held = Files.list(folder)) {
      if (held.findAny().isPresent()) {
        throw new IllegalArgumentException(folder + " is not empty: delete it, or name another");
      }
    }
    new FqmBundles(Content.load(ContentFiles.in(Path.of(""))), folder).write();
  }

  private void write() throws IOException {
    for (MeasureDefinition measure : content.measures()) {
      if (measure.isComputable()) {
        String id = measure.reference().id();
        Files.createDirectories(folder.resolve(id));
        Files.writeString(folder.resolve(id + ".json"), parser.encodeResourceToString(of(measure)));
      }
    }
    List<MeasureCase> cases = content.cases();
    for (MeasureCase measureCase : cases) {
      Path file = folder.resolve(measureCase.measureId()).resolve(measureCase.name() + ".json");
      Files.writeString(file, text(measureCase));
    }
    System.out.printf("%d cases in %s%n", cases.size(), folder);
  }

  private Bundle of(MeasureDefinition measure) {
    Bundle bundle = new Bundle().setType(BundleType.COLLECTION);
    bundle.addEntry().setResource(measure.resource());
    measure.resource().getLibrary().forEach(l -> add(l.getValue(), bundle));
    bundle.addEntry().setResource(fhirHelpers);
    content.resources(ValueSet.class).stream()
        .filter(ValueSet::hasExpansion)
        .forEach(v -> bundle.addEntry().setResource(v));
    return bundle;
  }

  private void add(String canonical, Bundle bundle) {
    Library library = libraries.get(canonical);
    if (library == null) {
      throw new IllegalStateException("there is no Library " + canonical);
    }
    bundle.addEntry().setResource(library);
    library.getRelatedArtifact().stream()
        .filter(a -> a.getType() == RelatedArtifactType.DEPENDSON)
        .forEach(a -> add(a.getResource(), bundle));
  }

  /** Joined as text, so that what a parser would change or drop reaches the other evaluator. */
  private String text(MeasureCase measureCase) {
    Stream<String> patients =
        PatientGrouping.of(measureCase.resources()).stream().map(FqmBundles::text);
    String expected = parser.encodeResourceToString(measureCase.expected());
    return bundle(Stream.concat(Stream.of(expected), patients));
  }

  private static String text(PatientRecord patient) {
    return bundle(patient.resources().stream().map(r -> r.text()));
  }

  private static String bundle(Stream<String> resources) {
    return resources
        .map(r -> "{\"resource\":" + r + "}")
        .collect(
            Collectors.joining(
                ",\n", "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n", "]}"));
  }

  private static Library fhirHelpers(Content content) {
    org.hl7.elm.r1.Library elm =
        Objects.requireNonNull(
            content.libraries().manager().resolveLibrary(FHIR_HELPERS).getLibrary());
    String name = String.valueOf(FHIR_HELPERS.getId());
    Library library = new Library();
    library.setId(name);
    library.setUrl("http://hl7.org/fhir/Library/" + name);
    library.setVersion(FHIR_HELPERS.getVersion());
    library.setName(name);
    library.setStatus(PublicationStatus.ACTIVE);
    library
        .addContent()
        .setContentType("application/elm+json")
        .setData(CqlTranslator.convertToJson(elm).getBytes(StandardCharsets.UTF_8));
    return library;
  }
}
