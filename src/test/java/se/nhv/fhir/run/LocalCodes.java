package se.nhv.fhir.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.intake.mapping.MappingResource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.RawResource;

/**
 * The same data as a hospital would have it that knows nothing of the contract: every code of ours
 * in systems of its own, and the day of registration in an extension of its own. The mapping that
 * undoes this is collected on the way.
 */
final class LocalCodes {

  private static final String OWN = Canonicals.ROOT + "/CodeSystem/";
  private static final String LOCAL = "https://sjukhus.example/kodverk/";
  private static final String REGISTERED = Canonicals.structureDefinition("remiss-registrerad");
  private static final String RECEIVED = "https://sjukhus.example/fhir/mottagen";

  private final Map<String, TreeSet<String>> codes = new TreeMap<>();

  /** In local codes. */
  RawResource of(RawResource resource) {
    ObjectNode tree = StrictJson.tree(resource.json());
    localize(tree);
    return new RawResource(resource.type(), resource.id(), StrictJson.encode(tree));
  }

  private void localize(JsonNode node) {
    if (node instanceof ObjectNode object) {
      String system = object.path("system").asText();
      if (system.startsWith(OWN)) {
        String code = object.path("code").asText();
        codes.computeIfAbsent(system, it -> new TreeSet<>()).add(code);
        object.put("system", system.replace(OWN, LOCAL));
        object.put("code", "L-" + code);
        object.remove("display");
      }
      if (object.path("url").asText().equals(REGISTERED)) {
        object.put("url", RECEIVED);
      }
    }
    node.forEach(this::localize);
  }

  /** Back again. */
  List<MappingResource> mapping() {
    ConceptMap map = new ConceptMap();
    map.setId("koder");
    map.setStatus(PublicationStatus.ACTIVE);
    codes.forEach(
        (system, all) -> {
          ConceptMap.ConceptMapGroupComponent group =
              map.addGroup().setSource(system.replace(OWN, LOCAL)).setTarget(system);
          for (String code : all) {
            group
                .addElement()
                .setCode("L-" + code)
                .addTarget()
                .setCode(code)
                .setEquivalence(ConceptMapEquivalence.EQUIVALENT);
          }
        });
    return List.of(
        MappingResource.of("ConceptMap/koder", StrictJson.encode(map)),
        MappingResource.of("StructureMap/remiss", RULE.getBytes(StandardCharsets.UTF_8)));
  }

  private static final String RULE =
      """
      {"resourceType":"StructureMap","id":"remiss","url":"https://sjukhus.example/fhir/StructureMap/remiss",
       "name":"Remiss","status":"active","group":[{"name":"remiss","typeMode":"none","input":[
         {"name":"src","type":"ServiceRequest","mode":"source"},
         {"name":"tgt","type":"ServiceRequest","mode":"target"}],
        "rule":[{"name":"registrerad","source":[{"context":"src"}],"target":[
          {"context":"tgt","contextType":"variable","element":"extension('%s').valueDateTime",
           "transform":"evaluate","parameter":[
             {"valueString":"extension('%s').value.ofType(dateTime)"}]}]}]}]}"""
          .formatted(REGISTERED, RECEIVED);

  /** The mapping as files. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (MappingResource each : mapping()) {
      Files.write(folder.resolve(each.name().replace('/', '-') + ".json"), each.json());
    }
    return folder;
  }

  /** Resources as NDJSON. */
  static Path write(Path folder, List<RawResource> resources) {
    try {
      Files.createDirectories(folder);
      for (RawResource each : resources) {
        Files.writeString(
            folder.resolve(each.type() + ".ndjson"),
            each.text() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
