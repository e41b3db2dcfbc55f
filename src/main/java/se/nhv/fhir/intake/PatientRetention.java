package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * Deletes patients, each whole: all resources with their history, the originals and what is noted
 * of their quality. A patient stays who has anything dated on or after the day from which data are
 * needed, no date at all, or a resource that cannot be read. Safe for use by many threads.
 */
public final class PatientRetention {

  private final ResourceStore store;
  private final Clock clock;

  /** Over the intake store. */
  public PatientRetention(ResourceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What came of it, without saying who.
   *
   * @param patients how many patients were deleted
   * @param resources how many resources were deleted with them, as many as their ids
   * @param kept how many patients have something that is needed
   * @param undated how many stay because nothing about them has a date
   * @param unreadable how many stay because something about them cannot be read
   */
  public record Outcome(long patients, long resources, long kept, long undated, long unreadable) {}

  /** What is known of one subject; mutable, for one thread. */
  private static final class Subject {
    private final List<ResourceKey> deleted = new ArrayList<>();
    private Optional<LocalDate> latest = Optional.empty();
    private boolean unreadable;

    void see(StoredVersion version) {
      try {
        Optional<LocalDate> day = DatedFacts.latest(version.json());
        if (day.isPresent() && (latest.isEmpty() || latest.get().isBefore(day.get()))) {
          latest = day;
        }
      } catch (MalformedResourceException e) {
        unreadable = true;
      }
    }
  }

  /**
   * Deletes whom no report needs.
   *
   * @param neededFrom the first day whose facts are needed
   * @param beforeEach is run before each patient and may throw to stop; who is deleted stays so
   */
  public Outcome purge(Unit unit, LocalDate neededFrom, Runnable beforeEach) {
    Instant seen = clock.instant();
    Map<String, Subject> subjects = subjects(unit, beforeEach);
    List<String> partitions =
        List.of(Partitions.care(unit), Partitions.originals(unit), Partitions.quality(unit));
    long[] counts = new long[5];
    subjects.forEach(
        (id, subject) -> {
          beforeEach.run();
          if (subject.unreadable) {
            counts[4]++;
          } else if (subject.latest.isEmpty()) {
            counts[3]++;
          } else if (!subject.latest.get().isBefore(neededFrom)) {
            counts[2]++;
          } else {
            long removed = store.purge(partitions, id, subject.deleted, seen);
            counts[removed == 0 ? 2 : 0]++;
            counts[1] += removed;
          }
        });
    return new Outcome(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  private Map<String, Subject> subjects(Unit unit, Runnable beforeEach) {
    Map<String, Subject> subjects = new TreeMap<>();
    for (String partition :
        List.of(Partitions.care(unit), Partitions.originals(unit), Partitions.quality(unit))) {
      boolean care = partition.equals(Partitions.care(unit));
      store.forEachDeleted(
          partition,
          version ->
              subject(version)
                  .ifPresent(
                      id -> {
                        Subject subject = subjects.computeIfAbsent(id, it -> new Subject());
                        subject.deleted.add(version.key());
                        if (care) {
                          subject.see(version);
                        }
                      }));
    }
    store.forEachSubject(
        Partitions.care(unit),
        (id, versions) -> {
          beforeEach.run();
          Subject subject = subjects.computeIfAbsent(id, it -> new Subject());
          versions.stream().filter(it -> !it.deleted()).forEach(subject::see);
        });
    return subjects;
  }

  /** Whom a resource is about: itself, its subject, or the patient of a DetectedIssue. */
  private static Optional<String> subject(StoredVersion version) {
    if (version.key().type().equals("Patient")) {
      return Optional.of(version.key().id());
    }
    ObjectNode json;
    try {
      json = StrictJson.tree(version.json());
    } catch (MalformedResourceException e) {
      return Optional.empty();
    }
    JsonNode reference = json.path("subject").path("reference");
    if (!reference.isTextual()) {
      reference = json.path("patient").path("reference");
    }
    return PatientReferences.id(reference.asText());
  }
}
