package se.nhv.fhir.intake.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * What is remembered of a unit's exports from one operation of one endpoint: a Basic resource among
 * the unit's runs. Which files have arrived is not in it; the work folder says that by itself.
 */
final class ExportState {

  private static final String ROOT = "https://w3id.org/nhv/fhir/";
  private static final String STATUS = ROOT + "StructureDefinition/bulk-status-url";
  private static final String REQUEST = ROOT + "StructureDefinition/bulk-request";
  private static final String TRANSACTION_TIME = ROOT + "StructureDefinition/bulk-transaction-time";

  /**
   * A job at the endpoint that is not read to its end.
   *
   * @param request the address by which it was asked for
   * @param status the address that tells how it goes
   */
  record Job(String request, URI status) {}

  private final ResourceStore store;
  private final ResourceKey key;

  ExportState(ResourceStore store, Unit unit, URI operation) {
    this.store = store;
    String id =
        "bulk-" + UUID.nameUUIDFromBytes(operation.toString().getBytes(StandardCharsets.UTF_8));
    this.key = new ResourceKey(Partitions.runs(unit), "Basic", id);
  }

  /** The job that was begun and not ended. */
  Optional<Job> job() {
    Optional<String> request = value(REQUEST);
    return value(STATUS).map(it -> new Job(request.orElse(""), URI.create(it)));
  }

  /** Up to when changes were in the last export that was read whole. */
  Optional<Instant> transactionTime() {
    return value(TRANSACTION_TIME).map(Instant::parse);
  }

  /** Notes a job that the endpoint has begun. */
  void begun(Job job) {
    write(job, transactionTime().orElse(null));
  }

  /** Notes that the job is over and was not read whole. */
  void ended() {
    write(null, transactionTime().orElse(null));
  }

  /** Notes that the job is over and was read whole. */
  void completed(Instant transactionTime) {
    write(null, transactionTime);
  }

  private void write(@Nullable Job job, @Nullable Instant transactionTime) {
    ObjectNode basic = JsonNodeFactory.instance.objectNode();
    basic.put("resourceType", "Basic").put("id", key.id());
    basic
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", ROOT + "CodeSystem/run")
        .put("code", "bulk-export");
    ArrayNode extensions = JsonNodeFactory.instance.arrayNode();
    if (job != null) {
      extensions.addObject().put("url", REQUEST).put("valueUrl", job.request());
      extensions.addObject().put("url", STATUS).put("valueUrl", job.status().toString());
    }
    if (transactionTime != null) {
      extensions
          .addObject()
          .put("url", TRANSACTION_TIME)
          .put("valueInstant", transactionTime.toString());
    }
    if (!extensions.isEmpty()) {
      basic.set("extension", extensions);
    }
    store.apply(List.of(new Change.Put(key, null, List.of(), StrictJson.encode(basic), null)));
  }

  private Optional<String> value(String url) {
    Optional<StoredVersion> stored = store.read(key).filter(it -> !it.deleted());
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    for (JsonNode extension : StrictJson.tree(stored.get().json()).path("extension")) {
      if (extension.path("url").asText().equals(url)) {
        return Optional.of(
            extension.path(url.equals(TRANSACTION_TIME) ? "valueInstant" : "valueUrl").asText());
      }
    }
    return Optional.empty();
  }
}
