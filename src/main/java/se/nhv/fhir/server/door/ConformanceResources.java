package se.nhv.fhir.server.door;

import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;

/**
 * The Measures, Libraries, ValueSets, CodeSystems and StructureDefinitions that the doors show.
 * Safe for use by many threads at once.
 */
@FunctionalInterface
public interface ConformanceResources {

  /**
   * Every resource of that type, with id, url and version; the same until the server stops, and
   * never changed by anyone.
   *
   * @param type a FHIR resource type, for example {@code Measure}
   */
  List<MetadataResource> ofType(String type);
}
