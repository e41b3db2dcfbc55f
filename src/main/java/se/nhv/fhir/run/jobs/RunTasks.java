package se.nhv.fhir.run.jobs;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;
import se.nhv.fhir.store.VersionConflictException;

/** The Tasks of the units' runs, in the intake store. Safe for use by many threads at once. */
final class RunTasks {

  private static final String TYPE = "Task";
  private static final String LANE = "lane";
  private static final int PAGE = 200;
  private static final int MOST_ATTEMPTS = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  /** A Task and the version that it was read as. */
  record Kept(Task task, long version) {}

  private final ResourceStore store;
  private final Clock clock;

  RunTasks(ResourceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Keeps a new run; the order of ids is that in which they were asked for. */
  Task add(JobRequest request) {
    String id = TIME.format(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    Task task = RunTask.requested(id, request, clock.instant());
    store.apply(List.of(put(task, 0L)));
    return task;
  }

  Optional<Kept> read(Unit unit, String id) {
    return store
        .read(new ResourceKey(Partitions.runs(unit), TYPE, id))
        .filter(version -> !version.deleted())
        .map(RunTasks::kept);
  }

  /** How many servers have begun the run since it was asked for, or was to wait again, and died. */
  long deaths(Unit unit, String id) {
    return store.history(new ResourceKey(Partitions.runs(unit), TYPE, id)).stream()
        .map(version -> kept(version).task())
        .takeWhile(task -> task.getStatus() == TaskStatus.INPROGRESS)
        .map(RunTask::attempt)
        .distinct()
        .count();
  }

  /** The first of the lane that is to run or was running when its server stopped. */
  Optional<Kept> next(Unit unit, String lane) {
    Query.Criterion ofLane = equal(LANE, List.of(lane));
    Query query =
        new Query(Partitions.runs(unit), TYPE, List.of(open(), ofLane), null, null, null, 1);
    return store.search(query).versions().stream().findFirst().map(RunTasks::kept);
  }

  /** Every run of every unit that is to run, or is running. */
  List<Task> open(@Nullable Unit unit) {
    List<Task> found = new ArrayList<>();
    String partition = unit == null ? null : Partitions.runs(unit);
    ResourceKey after = null;
    Page page;
    do {
      page = store.search(new Query(partition, TYPE, List.of(open()), null, null, after, PAGE));
      page.versions().forEach(version -> found.add(kept(version).task()));
      after = page.more() ? page.versions().get(page.versions().size() - 1).key() : after;
    } while (page.more());
    return found;
  }

  /**
   * Changes a Task as it is now, whoever else changes it meanwhile.
   *
   * @param change is given the current Task; it may throw to leave it as it is
   */
  Task change(Unit unit, String id, Consumer<Task> change) {
    for (int attempt = 1; ; attempt++) {
      Kept kept = read(unit, id).orElseThrow();
      try {
        change.accept(kept.task());
        store.apply(List.of(put(kept.task(), kept.version())));
        return kept.task();
      } catch (VersionConflictException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static Change put(Task task, Long expected) {
    JobRequest request = RunTask.request(task);
    String id = task.getIdElement().getIdPart();
    List<IndexEntry> index =
        List.of(
            IndexEntry.token("identifier", RunTask.IDENTIFIER + "|" + id),
            IndexEntry.token("status", task.getStatus().toCode()),
            IndexEntry.token("code", request.kind().code()),
            IndexEntry.token("focus", String.valueOf(task.getFocus().getReference())),
            IndexEntry.token(LANE, request.lane()));
    return new Change.Put(
        new ResourceKey(Partitions.runs(request.unit()), TYPE, id),
        null,
        index,
        StrictJson.encode(task),
        expected);
  }

  private static Query.Criterion open() {
    return equal("status", RunTask.OPEN.stream().map(Task.TaskStatus::toCode).sorted().toList());
  }

  private static Query.Criterion equal(String parameter, List<String> values) {
    return new Query.Criterion(parameter, Query.Comparison.EQUAL, values);
  }

  private static Kept kept(StoredVersion version) {
    String json = new String(version.json(), StandardCharsets.UTF_8);
    Task task = FhirContext.forR4Cached().newJsonParser().parseResource(Task.class, json);
    return new Kept(task, version.version());
  }
}
