package se.nhv.fhir.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.hl7.fhir.r4.model.Resource;

/** Reads JSON files as resources of one type; a file that is not one becomes a fault. */
final class ResourceReader {

  private final IParser parser;
  private final List<ContentFault> faults;

  ResourceReader(FhirContext context, List<ContentFault> faults) {
    this.parser = context.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    this.faults = faults;
  }

  /** The resources in those files, each with its path under {@link #PATH}. */
  <T extends Resource> List<T> read(SortedMap<String, byte[]> files, Class<T> type) {
    List<T> resources = new ArrayList<>();
    files.forEach(
        (path, bytes) -> {
          try {
            String json = new String(bytes, StandardCharsets.UTF_8);
            T resource = type.cast(parser.parseResource(json));
            resource.setUserData(PATH, path);
            resources.add(resource);
          } catch (DataFormatException e) {
            faults.add(new ContentFault(path, "", String.valueOf(e.getMessage())));
          } catch (ClassCastException e) {
            faults.add(new ContentFault(path, "", "is not a " + type.getSimpleName()));
          }
        });
    return resources;
  }

  /** The user data of a resource that was read here: the path of its file. */
  static final String PATH = "nhv.content.path";

  /** The path of the file that the resource was read from. */
  static String path(Resource resource) {
    return String.valueOf(resource.getUserData(PATH));
  }
}
