package se.nhv.fhir.intake.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.Originals;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/** A unit with local codes, and what stands of its data. */
abstract class MappedUnit {

  static final Unit UNIT = new Unit("SE0000000000-A");
  static final Unit OTHER = new Unit("SE0000000000-B");
  static final String LOCAL = "https://sjukhus.example/kodverk/atgard";
  static final String ATGARD = "https://w3id.org/nhv/fhir/CodeSystem/atgard";

  final MemoryDatabase database = new MemoryDatabase();
  final ResourceStore store = database.store();
  final StoredMappings mappings = new StoredMappings(store, () -> HospitalMapping.CONTRACT);
  final Intake intake = new StoreIntake(store, mappings);
  final Remapping remapping = new Remapping(store, mappings, intake);

  @AfterEach
  void close() {
    database.close();
  }

  void put(Unit unit, MappingResource resource) {
    mappings.put(unit, resource, null);
  }

  static MappingResource map(String code) {
    return HospitalMapping.conceptMap(
        "a",
        """
        {"source":"%s","target":"%s","element":[
          {"code":"A","target":[{"code":"%s","equivalence":"wider"}]},
          {"code":"N","target":[{"equivalence":"unmatched"}]}]}"""
            .formatted(LOCAL, ATGARD, code));
  }

  static String[] all() {
    return new String[] {procedure("1", "A"), procedure("2", "B"), procedure("3", "A")};
  }

  static String procedure(String id, String code) {
    return """
    {"resourceType":"Procedure","id":"%s","status":"completed",
     "code":{"coding":[{"system":"%s","code":"%s"}]},"subject":{"reference":"Patient/p"}}"""
        .formatted(id, LOCAL, code);
  }

  List<Applied> push(Unit unit, String... resources) {
    List<Delivery> deliveries = new ArrayList<>();
    for (String json : resources) {
      Resource resource = HospitalMapping.parse(json);
      deliveries.add(new Delivery.Update(resource, null));
    }
    return intake.deliver(unit, deliveries);
  }

  Map<String, String> everything(Unit unit) {
    Map<String, String> all = new TreeMap<>();
    for (String partition : List.of(Partitions.care(unit), Partitions.originals(unit))) {
      for (String type : AcceptedTypes.ALL) {
        Query query = new Query(partition, type, List.of(), null, null, null, 500);
        store
            .search(query)
            .versions()
            .forEach(it -> all.put(partition.replace(unit.hsaId(), "") + "/" + it.key(), text(it)));
      }
    }
    return all;
  }

  String care(String id) {
    return text(store.read(careKey(id)).orElseThrow());
  }

  String original(String id) {
    return text(store.read(originalKey(id)).orElseThrow());
  }

  String sent(String id) {
    StoredVersion counted = store.read(careKey(id)).orElseThrow();
    return new String(new Originals(store).of(UNIT, counted), StandardCharsets.UTF_8);
  }

  static String dated(String id, String code, String day) {
    String meta = "\"meta\":{\"lastUpdated\":\"" + day + "T10:00:00Z\"},\"status\"";
    return procedure(id, code).replace("\"status\"", meta);
  }

  static ResourceKey careKey(String id) {
    return new ResourceKey(UNIT.hsaId(), "Procedure", id);
  }

  static ResourceKey originalKey(String id) {
    return Partitions.original(careKey(id), UNIT);
  }

  static String text(StoredVersion version) {
    return new String(version.json(), StandardCharsets.UTF_8);
  }
}
