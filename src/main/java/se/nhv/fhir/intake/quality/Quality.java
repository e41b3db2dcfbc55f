package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * The data errors of each unit, kept as DetectedIssues beside its data. A fact is there from when
 * it was first seen until its resource is mended; its history stays. Safe for use by many threads.
 */
public final class Quality {

  /** The type in which facts are kept. */
  public static final String TYPE = "DetectedIssue";

  private static final Logger LOG = LoggerFactory.getLogger(Quality.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
  private static final int BATCH = 500;

  private final DataCheck check;
  private final DetectedIssues issues;
  private final ResourceStore store;
  private final Clock clock;

  /** Over what is in that store, by the rules of that content. */
  public Quality(Content content, ResourceStore store, Clock clock) {
    this.check = new DataCheck(content);
    this.issues = new DetectedIssues(DataRules.of(content));
    this.store = store;
    this.clock = clock;
  }

  /**
   * Judges all of a unit's patients and brings what is kept in line. What has not changed is not
   * written, so that doing it twice is the same as once, and two at once do no harm.
   *
   * @return every fact that now stands, by rule, resource and element
   */
  public List<KeptFact> refresh(Unit unit) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    LocalDate today = LocalDate.ofInstant(now, STOCKHOLM);
    List<Fact> found = check.check(new StoredPatients(store, unit), today);
    Map<String, StoredVersion> kept = stored(unit);
    List<KeptFact> facts = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (Fact fact : found) {
      StoredVersion before = kept.remove(fact.id());
      KeptFact fresh = new KeptFact(fact, before == null ? now : read(before).since());
      byte[] json = StrictJson.encode(issues.of(fresh));
      if (before == null || !Arrays.equals(before.json(), json)) {
        changes.add(
            new Change.Put(key(unit, fact.id()), fact.patientId(), issues.index(fact), json, null));
      }
      facts.add(fresh);
    }
    int written = changes.size();
    kept.keySet().forEach(id -> changes.add(new Change.Delete(key(unit, id), null)));
    for (int i = 0; i < changes.size(); i += BATCH) {
      store.apply(changes.subList(i, Math.min(changes.size(), i + BATCH)));
    }
    LOG.info(
        "Data errors of unit {}: {} facts, {} new or changed, {} gone",
        unit,
        facts.size(),
        written,
        kept.size());
    return List.copyOf(facts);
  }

  /** Every fact as it was kept last, by rule, resource and element. */
  public List<KeptFact> kept(Unit unit) {
    return stored(unit).values().stream()
        .map(Quality::read)
        .sorted((a, b) -> a.fact().compareTo(b.fact()))
        .toList();
  }

  private Map<String, StoredVersion> stored(Unit unit) {
    Map<String, StoredVersion> stored = new TreeMap<>();
    Page page;
    ResourceKey after = null;
    do {
      page =
          store.search(
              new Query(Partitions.quality(unit), TYPE, List.of(), null, null, after, BATCH));
      for (StoredVersion version : page.versions()) {
        stored.put(version.key().id(), version);
        after = version.key();
      }
    } while (page.more());
    return stored;
  }

  private static KeptFact read(StoredVersion version) {
    try {
      return DetectedIssues.read(JSON.readTree(version.json()));
    } catch (IOException e) {
      throw new IllegalStateException(version.key() + " was not written by this program", e);
    }
  }

  private static ResourceKey key(Unit unit, String id) {
    return new ResourceKey(Partitions.quality(unit), TYPE, id);
  }
}
