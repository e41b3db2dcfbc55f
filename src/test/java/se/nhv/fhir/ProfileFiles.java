package se.nhv.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import se.nhv.fhir.content.ResourceValidator;

/** What stands in {@code profiles/}, and one validator over it that all tests share. */
public final class ProfileFiles {

  public static final FhirContext CONTEXT = FhirContext.forR4Cached();
  public static final Path ROOT = Path.of("profiles");
  public static final Path EXAMPLES = ROOT.resolve("examples");

  private ProfileFiles() {}

  private static final class Shared {
    static final ResourceValidator VALIDATOR = newValidator();
  }

  public static ResourceValidator validator() {
    return Shared.VALIDATOR;
  }

  public static ResourceValidator newValidator() {
    return new ResourceValidator(
        CONTEXT, structureDefinitions(), read(ValueSet.class), read(CodeSystem.class));
  }

  public static List<StructureDefinition> structureDefinitions() {
    return read(StructureDefinition.class);
  }

  public static <T extends Resource> List<T> read(Class<T> type) {
    return walk(ROOT)
        .filter(file -> !file.startsWith(EXAMPLES))
        .filter(file -> file.getFileName().toString().startsWith(type.getSimpleName() + "-"))
        .map(file -> parse(type, file))
        .toList();
  }

  public static <T extends Resource> T parse(Class<T> type, Path file) {
    return type.cast(
        CONTEXT
            .newJsonParser()
            .setParserErrorHandler(new StrictErrorHandler())
            .parseResource(text(file)));
  }

  /** Every JSON file under a folder, in the order of their names. */
  public static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
