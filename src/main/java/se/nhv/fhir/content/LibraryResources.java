package se.nhv.fhir.content;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import se.nhv.fhir.measure.Canonicals;

/**
 * The CQL libraries wrapped as Library resources (R4 Library, CQFM logic library), with CQL and
 * ELM; the files say nothing that the CQL does not.
 */
final class LibraryResources {

  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/library-type";

  private LibraryResources() {}

  static List<Library> of(CqlLibraries libraries, List<Measure> measures) {
    return libraries.ids().stream()
        .sorted()
        .map(id -> of(libraries.translated(id), measures))
        .toList();
  }

  private static Library of(TranslatedLibrary translated, List<Measure> measures) {
    String name = String.valueOf(translated.identifier().getId());
    String version = String.valueOf(translated.identifier().getVersion());
    Library library = new Library();
    library.setId(translated.id());
    library.setUrl(Canonicals.library(name));
    library.setVersion(version);
    library.setName(name);
    library.setTitle(name + " " + version);
    library.setStatus(status(translated, measures));
    library.getType().addCoding().setSystem(TYPES).setCode("logic-library");
    for (String include : translated.includes()) {
      int hyphen = include.indexOf('-');
      library.addRelatedArtifact(
          new RelatedArtifact()
              .setType(RelatedArtifactType.DEPENDSON)
              .setResource(
                  Canonicals.library(include.substring(0, hyphen))
                      + "|"
                      + include.substring(hyphen + 1)));
    }
    library
        .addContent()
        .setContentType("text/cql")
        .setData(translated.source().getBytes(StandardCharsets.UTF_8));
    library
        .addContent()
        .setContentType("application/elm+json")
        .setData(translated.elmJson().getBytes(StandardCharsets.UTF_8));
    return library;
  }

  /** A library is a draft while every Measure over it is. */
  private static PublicationStatus status(TranslatedLibrary library, List<Measure> measures) {
    String canonical = "/" + library.identifier().getId() + "|" + library.identifier().getVersion();
    List<Measure> over =
        measures.stream()
            .filter(m -> m.getLibrary().stream().anyMatch(l -> l.getValue().endsWith(canonical)))
            .toList();
    boolean draft =
        !over.isEmpty() && over.stream().allMatch(m -> m.getStatus() == PublicationStatus.DRAFT);
    return draft ? PublicationStatus.DRAFT : PublicationStatus.ACTIVE;
  }
}
