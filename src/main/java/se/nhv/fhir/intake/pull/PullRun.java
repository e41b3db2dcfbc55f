package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/** One pull by data requirements; mutable, run once. */
final class PullRun {

  private static final String FETCH = "fetch";
  private static final int BATCH = 500;
  private static final int SAVE_AFTER = 20;

  /** With more codes all resources of the type are fetched. */
  private static final int MOST_CODES = 5;

  private final Intake intake;
  private final ResourceStore store;
  private final Unit unit;
  private final PullRequest request;
  private final PullPlan plan;
  private final PageClient client;
  private final SourceCapabilities source;
  private final PullMemory memory;
  private final String planHash;
  private final AskedQueries queries;
  private final List<String> notes = new ArrayList<>();
  private final SortedSet<String> organizations = new ConcurrentSkipListSet<>();
  private final @Nullable Instant since;
  private int unsaved;

  PullRun(
      Intake intake,
      ResourceStore store,
      Unit unit,
      FhirEndpoint endpoint,
      PullRequest request,
      PullPlan plan,
      PullProgress progress) {
    this.intake = intake;
    this.store = store;
    this.unit = unit;
    this.request = request;
    this.plan = plan;
    this.client = new PageClient(endpoint);
    this.source = SourceCapabilities.of(client, endpoint);
    this.memory = PullMemory.of(store, unit, endpoint, request.areas());
    this.planHash = PullMemory.hash(plan.toString());
    this.since = since();
    if (since != null) {
      memory.forgetPending();
    } else if (memory.begin(planHash, client.firstAnswered())) {
      notes.add("takes up a pull that did not come to its end");
    }
    this.queries =
        new AskedQueries(client, endpoint, intake, unit, progress, memory, this::saveNowAndThen);
  }

  /** From when on the changes suffice; null for a full pull. */
  private @Nullable Instant since() {
    Optional<Instant> watermark = memory.watermark(planHash);
    if (request.full()) {
      notes.add("full, as asked for");
    } else if (watermark.isEmpty()) {
      notes.add("full: there is no complete pull of the same plan to go on from");
    } else if (!plan.care().keySet().stream().allMatch(it -> source.searches(it, "_lastUpdated"))) {
      notes.add("full: the source does not say that it searches by _lastUpdated");
    } else {
      notes.add(
          "changes since the last complete pull; deletions at the source show at the next full one");
      return watermark.get().minus(request.overlap()).truncatedTo(ChronoUnit.SECONDS);
    }
    return null;
  }

  PullOutcome run() {
    if (!source.stated()) {
      notes.add("the source has no CapabilityStatement: each type is asked for as a whole");
    }
    new PatientSearch(plan, source, queries, since, memory.found()).run();
    Set<String> known = new TreeSet<>(memory.known("Patient"));
    known.removeIf(it -> !isStored(it));
    Set<String> all = new TreeSet<>(memory.found());
    all.addAll(known);
    Set<String> unknown = new TreeSet<>(all);
    if (since != null) {
      unknown.removeAll(known);
    }
    for (String type : AcceptedTypes.ALL) {
      PullPlan.Wanted wanted = plan.care().get(type);
      if (wanted != null && !source.offers(type)) {
        queries.notOffered(FETCH, type, wanted.measures());
      } else if (wanted != null) {
        fetch(wanted, unknown, all, null);
        if (since != null) {
          fetch(wanted, known, all, since);
        }
      }
    }
    fetchOrganizations();
    return end();
  }

  /** Fetches what is wanted of those patients. */
  private void fetch(
      PullPlan.Wanted wanted, Set<String> patients, Set<String> all, @Nullable Instant from) {
    if (patients.isEmpty()) {
      return;
    }
    String type = wanted.type();
    List<List<String>> narrowings =
        from == null ? codes(wanted) : List.of(source.changedSince(type, from));
    for (List<String> narrowing : narrowings) {
      queries.ask(
          FETCH,
          ofPatients(type, patients, narrowing),
          wanted.measures(),
          resource -> arrived(wanted, all, resource));
    }
  }

  private boolean arrived(PullPlan.Wanted wanted, Set<String> all, ObjectNode resource) {
    String type = wanted.type();
    String id = resource.path("id").asText();
    boolean isWanted =
        PatientSearch.isOf(resource, type)
            && PatientSearch.patient(resource).filter(all::contains).isPresent()
            && (wanted.includes(resource) || memory.known(type).contains(id));
    if (isWanted) {
      memory.seen(type).add(id);
      resource.findValuesAsText("reference").stream()
          .filter(it -> it.matches("Organization/[A-Za-z0-9.-]{1,64}"))
          .forEach(it -> organizations.add(it.substring("Organization/".length())));
    }
    return isWanted;
  }

  private Ask ofPatients(String type, Set<String> patients, List<String> narrowing) {
    List<String> ids = List.copyOf(patients);
    if (type.equals("Patient")) {
      boolean byId = source.searches(type, "_id");
      return new Ask(type, byId ? "_id" : "", byId ? ids : List.of(), narrowing);
    }
    if (source.searches(type, "patient")) {
      return new Ask(type, "patient", ids, narrowing);
    }
    if (source.searches(type, "subject")) {
      List<String> references = ids.stream().map(it -> "Patient/" + it).toList();
      return new Ask(type, "subject", references, narrowing);
    }
    return new Ask(type, "", List.of(), narrowing);
  }

  /** A code at a time: which codes of a list were read could not be seen. */
  private List<List<String>> codes(PullPlan.Wanted wanted) {
    var tokens = PullPlan.tokens(wanted, source);
    List<String> values = tokens.getValue();
    return values.isEmpty() || values.size() > MOST_CODES
        ? List.of(List.of())
        : values.stream().map(it -> List.of(tokens.getKey() + "=" + Ask.encoded(it))).toList();
  }

  private void fetchOrganizations() {
    organizations.removeAll(memory.known("Organization"));
    if (organizations.isEmpty() || !source.offers("Organization")) {
      return;
    }
    boolean byId = source.searches("Organization", "_id");
    List<String> ids = byId ? List.copyOf(organizations) : List.of();
    queries.ask(
        FETCH,
        new Ask("Organization", byId ? "_id" : "", ids, List.of()),
        new TreeSet<>(),
        resource -> {
          String id = resource.path("id").asText();
          boolean isWanted =
              PatientSearch.isOf(resource, "Organization") && organizations.contains(id);
          return isWanted && memory.seen("Organization").add(id);
        });
  }

  private PullOutcome end() {
    if (!memory.listsMisread().isEmpty()) {
      notes.add("the source does not read lists of values: it is asked for one patient at a time");
    }
    PullOutcome outcome = new PullOutcome(unit, queries.asked());
    long deleted = since == null && memory.isOf(planHash) ? deleteWhatIsGone() : 0;
    memory.learn();
    if (outcome.complete()) {
      memory.complete(planHash, client.firstAnswered());
    }
    memory.save();
    return new PullOutcome(unit, queries.asked(), notes, deleted);
  }

  /** Only of types whose every query came to its end, and only what came from this endpoint. */
  private long deleteWhatIsGone() {
    long deleted = 0;
    for (String type : plan.care().keySet()) {
      Set<String> gone = new TreeSet<>(memory.known(type));
      gone.removeAll(memory.seen(type));
      if (queries.cameToTheEnd(FETCH, type) && !gone.isEmpty()) {
        List<Delivery> deletions = new ArrayList<>();
        gone.forEach(id -> deletions.add(new Delivery.Deletion(type, id, null)));
        for (int from = 0; from < deletions.size(); from += BATCH) {
          int to = Math.min(from + BATCH, deletions.size());
          deleted +=
              intake.deliver(unit, deletions.subList(from, to)).stream()
                  .filter(it -> it.effect() == Applied.Effect.DELETED)
                  .count();
        }
        memory.known(type).removeAll(gone);
      }
    }
    return deleted;
  }

  private boolean isStored(String patient) {
    return store
        .read(new ResourceKey(unit.hsaId(), "Patient", patient))
        .filter(it -> !it.deleted())
        .isPresent();
  }

  private synchronized void saveNowAndThen() {
    unsaved++;
    if (since == null && unsaved >= SAVE_AFTER) {
      memory.save();
      unsaved = 0;
    }
  }
}
