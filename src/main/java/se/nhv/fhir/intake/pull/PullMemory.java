package se.nhv.fhir.intake.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * What pulls of some areas from one endpoint remember for the next one, as a Basic among the unit's
 * runs. Its sets, and {@link #save}, which alone keeps it, are safe for use by many threads at
 * once; all else is for one thread.
 */
final class PullMemory {

  /** An unfinished pull is taken up again within that time, by the source's clock. */
  private static final Duration FRESH = Duration.ofHours(24);

  private static final String PLAN = "plan";
  private static final String WATERMARK = "watermark";
  private static final String PENDING_PLAN = "pending-plan";
  private static final String PENDING_START = "pending-start";
  private static final String FINISHED = "finished";
  private static final String FOUND = "found";
  private static final String LISTS_READ = "lists-read";
  private static final String LISTS_MISREAD = "lists-misread";
  private static final String KNOWN = "known-";
  private static final String SEEN = "seen-";

  private final ResourceStore store;
  private final ResourceKey key;
  private final NavigableMap<String, SortedSet<String>> values = new ConcurrentSkipListMap<>();

  private PullMemory(ResourceStore store, ResourceKey key) {
    this.store = store;
    this.key = key;
  }

  /** What is remembered; nothing, if nothing was saved. */
  static PullMemory of(ResourceStore store, Unit unit, FhirEndpoint endpoint, List<Area> areas) {
    String source = endpoint.base() + " " + areas.stream().map(Area::code).sorted().toList();
    ResourceKey key =
        new ResourceKey(Partitions.runs(unit), "Basic", "pull-" + hash(source).substring(0, 24));
    PullMemory memory = new PullMemory(store, key);
    store.read(key).filter(it -> !it.deleted()).ifPresent(memory::read);
    return memory;
  }

  /** SHA-256 in hex. */
  static String hash(String text) {
    return DigestUtils.sha256Hex(text);
  }

  /** When the former complete pull of that plan began, by the source's clock. */
  Optional<Instant> watermark(String plan) {
    return isOf(plan) ? one(WATERMARK).map(Instant::parse) : Optional.empty();
  }

  /** Whether the former complete pull was of that plan. */
  boolean isOf(String plan) {
    return one(PLAN).filter(plan::equals).isPresent();
  }

  /**
   * Begins a full pull, in which it is found out anew how the source reads lists, or takes up one
   * of that plan that did not end.
   *
   * @param now by the source's clock, or null if it has none
   * @return whether it is taken up
   */
  boolean begin(String plan, @Nullable Instant now) {
    Optional<Instant> start = one(PENDING_START).map(Instant::parse);
    boolean resumes =
        now != null
            && one(PENDING_PLAN).filter(plan::equals).isPresent()
            && start.filter(it -> it.plus(FRESH).isAfter(now)).isPresent();
    if (!resumes) {
      forgetPending();
      values.remove(LISTS_READ);
      values.remove(LISTS_MISREAD);
      set(PENDING_PLAN, plan);
      if (now != null) {
        set(PENDING_START, now.toString());
      }
    }
    return resumes;
  }

  /** The queries of the pending full pull that have come to their end. */
  Set<String> finished() {
    return of(FINISHED);
  }

  /** The types of which the source has shown that it reads lists of values whole. */
  Set<String> listsRead() {
    return of(LISTS_READ);
  }

  /** The types of which it has shown that it does not. */
  Set<String> listsMisread() {
    return of(LISTS_MISREAD);
  }

  /** The patients found so far by the pending pull. */
  Set<String> found() {
    return of(FOUND);
  }

  /** The ids of that type that the pending pull has met. */
  Set<String> seen(String type) {
    return of(SEEN + type);
  }

  /** The ids of that type that have come from this endpoint. */
  Set<String> known(String type) {
    return of(KNOWN + type);
  }

  /** What has been met is known; nothing is forgotten but those that are gone. */
  void learn() {
    Set.copyOf(values.keySet()).stream()
        .filter(it -> it.startsWith(SEEN))
        .forEach(it -> known(it.substring(SEEN.length())).addAll(of(it)));
  }

  /**
   * The pull has come to its end.
   *
   * @param start when it began, by the source's clock, or null if that has none
   */
  void complete(String plan, @Nullable Instant start) {
    Instant begun = one(PENDING_START).map(Instant::parse).orElse(start);
    forgetPending();
    set(PLAN, plan);
    values.remove(WATERMARK);
    if (begun != null) {
      set(WATERMARK, begun.toString());
    }
  }

  /** Forgets the pending pull. */
  void forgetPending() {
    values
        .keySet()
        .removeIf(
            it ->
                it.startsWith(SEEN)
                    || Set.of(PENDING_PLAN, PENDING_START, FINISHED, FOUND).contains(it));
  }

  /** Keeps it, durably. What is done is written before what it brought, and so is never ahead. */
  synchronized void save() {
    Basic basic = new Basic();
    basic.setId(key.id());
    basic.getCode().addCoding().setSystem(Canonicals.codeSystem("korning")).setCode("pull-memory");
    Extension memory = basic.addExtension().setUrl(Canonicals.structureDefinition("pull-memory"));
    values.forEach(
        (name, set) -> {
          if (!set.isEmpty()) {
            memory.addExtension(name, new StringType(String.join(" ", set)));
          }
        });
    byte[] json = StrictJson.encode(basic);
    store.apply(List.of(new Change.Put(key, null, List.of(), json, null)));
  }

  private void read(StoredVersion version) {
    Basic basic = (Basic) StrictJson.parse(StrictJson.tree(version.json()));
    for (Extension memory : basic.getExtension()) {
      for (Extension value : memory.getExtension()) {
        of(value.getUrl()).addAll(List.of(value.getValue().primitiveValue().split(" ")));
      }
    }
  }

  private Optional<String> one(String name) {
    return values.getOrDefault(name, Collections.emptySortedSet()).stream().findFirst();
  }

  private void set(String name, String value) {
    values.put(name, new ConcurrentSkipListSet<>(Set.of(value)));
  }

  private SortedSet<String> of(String name) {
    return values.computeIfAbsent(name, n -> new ConcurrentSkipListSet<>());
  }
}
