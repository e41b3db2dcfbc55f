package se.nhv.fhir.intake.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.StrictJson;

/** The mapping of a hospital that does not exist, as its files say it, and the contract's codes. */
final class HospitalMapping {

  static final Path FOLDER = Path.of("src/test/resources/mapping/hospital");
  static final ContractCodes CONTRACT = new ContractCodes(codeSystems());

  private HospitalMapping() {}

  static List<MappingResource> resources() {
    return MappingFiles.read(FOLDER);
  }

  static UnitMapping mapping() {
    return UnitMapping.judged(resources(), CONTRACT);
  }

  static Resource parse(String json) {
    return StrictJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Resource resource) {
    return new String(StrictJson.encode(resource), StandardCharsets.UTF_8);
  }

  static MappingResource resource(String json) {
    return MappingResource.of("test", json.getBytes(StandardCharsets.UTF_8));
  }

  static MappingResource conceptMap(String id, String group) {
    return resource(
        "{\"resourceType\":\"ConceptMap\",\"id\":\"%s\",\"status\":\"active\",\"group\":[%s]}"
            .formatted(id, group));
  }

  /** A StructureMap of one rule for a type: its condition, its target, and more of that target. */
  static MappingResource rule(String type, String condition, String element, String transform) {
    return resource(
        """
        {"resourceType":"StructureMap","id":"s","url":"urn:s","name":"S","status":"active","group":[
          {"name":"g","typeMode":"none","input":[
             {"name":"src","type":"%s","mode":"source"},{"name":"tgt","type":"%s","mode":"target"}],
           "rule":[{"name":"r","source":[{"context":"src","condition":"%s"}],
             "target":[{"context":"tgt","contextType":"variable","element":"%s",%s}]}]}]}"""
            .formatted(type, type, condition, element, transform));
  }

  static String evaluate(String expression) {
    return "\"transform\":\"evaluate\",\"parameter\":[{\"valueString\":\"" + expression + "\"}]";
  }

  private static List<CodeSystem> codeSystems() {
    try (Stream<Path> files = Files.list(Path.of("profiles/codesystems"))) {
      return files.map(HospitalMapping::codeSystem).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CodeSystem codeSystem(Path file) {
    try {
      return StrictJson.context()
          .newJsonParser()
          .parseResource(CodeSystem.class, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
