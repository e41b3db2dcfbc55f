package se.nhv.fhir.intake.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.RefusedResource;

/** A unit's mapping as files: {@code *.json} in one folder, each a ConceptMap or StructureMap. */
public final class MappingFiles {

  private MappingFiles() {}

  /**
   * Reads the folder.
   *
   * @throws IllegalArgumentException if there is no such folder, or nothing in it
   * @throws InvalidMappingException with every fault in the files
   */
  public static List<MappingResource> read(Path folder) {
    List<MappingResource> resources = new ArrayList<>();
    List<RefusedResource> faults = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      try {
        resources.add(MappingResource.of(name, Files.readAllBytes(file)));
      } catch (MalformedResourceException e) {
        e.refusals().forEach(it -> faults.add(new RefusedResource(name, it)));
      } catch (IOException e) {
        throw new IllegalArgumentException("'" + file + "' cannot be read", e);
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidMappingException(faults);
    }
    return resources;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(it -> it.toString().endsWith(".json")).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "'" + folder + "' holds no *.json: put ConceptMaps and StructureMaps in it");
      }
      return found;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'" + folder + "' cannot be read as a folder; name one that holds a mapping", e);
    }
  }
}
