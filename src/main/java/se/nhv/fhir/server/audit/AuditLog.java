package se.nhv.fhir.server.audit;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.PatientReferences;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/**
 * Events written to one store. Those that come while others are being written go to disk together,
 * so that many readers at once cost few writes. Safe for use by many threads at once.
 */
final class AuditLog {

  static final String TYPE = "AuditEvent";

  private static final int MOST_AT_ONCE = 500;

  private final ResourceStore store;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

  /** An event on its way; read and written by whoever holds the log, but for the first field. */
  private static final class Waiting {
    private final Change change;
    private boolean written;
    private @Nullable RuntimeException failure;

    Waiting(Change change) {
      this.change = change;
    }
  }

  AuditLog(ResourceStore store) {
    this.store = store;
  }

  /** Returns when the event is on disk; what the store throws is thrown to everyone it concerns. */
  void keep(String partition, AuditEvent event) {
    Waiting mine = new Waiting(change(partition, event));
    queue.add(mine);
    synchronized (this) {
      while (!mine.written && mine.failure == null) {
        writeSome();
      }
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
  }

  private void writeSome() {
    List<Waiting> some = new ArrayList<>();
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      some.add(next);
      if (some.size() == MOST_AT_ONCE) {
        break;
      }
    }
    try {
      store.apply(some.stream().map(it -> it.change).toList());
      some.forEach(it -> it.written = true);
    } catch (RuntimeException e) {
      some.forEach(it -> it.failure = e);
    }
  }

  private static Change change(String partition, AuditEvent event) {
    event.setId(id(event.getRecorded().toInstant()));
    byte[] json =
        FhirContext.forR4Cached()
            .newJsonParser()
            .encodeResourceToString(event)
            .getBytes(StandardCharsets.UTF_8);
    ResourceKey key = new ResourceKey(partition, TYPE, event.getIdPart());
    return new Change.Put(key, null, index(event), json, 0L);
  }

  /** In the order of time, so that pages are too. */
  private static String id(Instant recorded) {
    return "%014d-%s"
        .formatted(recorded.toEpochMilli(), UUID.randomUUID().toString().replace("-", ""));
  }

  private static List<IndexEntry> index(AuditEvent event) {
    Set<IndexEntry> entries = new LinkedHashSet<>();
    entries.add(IndexEntry.token("type", event.getType().getCode()));
    for (Coding subtype : event.getSubtype()) {
      entries.add(IndexEntry.token("subtype", subtype.getCode()));
    }
    for (AuditEvent.AuditEventAgentComponent agent : event.getAgent()) {
      Identifier who = agent.getWho().getIdentifier();
      if (who.hasValue()) {
        entries.add(IndexEntry.token("agent", who.getValue()));
      }
    }
    for (AuditEvent.AuditEventEntityComponent entity : event.getEntity()) {
      PatientReferences.id(String.valueOf(entity.getWhat().getReference()))
          .ifPresent(id -> entries.add(IndexEntry.token("patient", "Patient/" + id)));
    }
    return List.copyOf(entries);
  }
}
