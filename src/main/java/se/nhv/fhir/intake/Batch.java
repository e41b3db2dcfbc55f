package se.nhv.fhir.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/** A batch of deliveries as changes of the store, with what to answer to each. */
final class Batch {

  /** What to answer to one delivery, once the changes have been applied. */
  interface Answer {
    Applied from(List<Applied> applied);
  }

  private final ResourceStore store;
  private final Unit unit;
  private final List<Change> changes = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Map<ResourceKey, Integer> created = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Refusal> severalMatches = new ArrayList<>();

  /**
   * Checks all deliveries.
   *
   * @throws DeliveryRefusedException if any cannot be taken
   */
  Batch(ResourceStore store, Unit unit, List<Delivery> deliveries) {
    this.store = store;
    this.unit = unit;
    for (int i = 0; i < deliveries.size(); i++) {
      take(i, deliveries.get(i));
    }
    if (!refusals.isEmpty()) {
      throw new DeliveryRefusedException(refusals);
    }
    if (!severalMatches.isEmpty()) {
      throw new SeveralMatchesException(severalMatches);
    }
  }

  List<Change> changes() {
    return changes;
  }

  List<Answer> answers() {
    return answers;
  }

  /** Whether a conditional create of this batch stores that resource. */
  boolean creates(ResourceKey key) {
    return created.containsKey(key);
  }

  private void take(int index, Delivery delivery) {
    if (delivery instanceof Delivery.Update update) {
      byte[] sent = update.json();
      byte[] json = sent == null ? StrictJson.encode(update.resource()) : sent;
      Admission admission = Admission.withId(update.resource(), json);
      if (admitted(index, admission)) {
        change(put(update.resource(), admission, json, update.expectedVersion()));
      }
    } else if (delivery instanceof Delivery.CreateIfNoneExist create) {
      create(index, create);
    } else if (delivery instanceof Delivery.Deletion deletion) {
      List<Refusal> faults = Admission.faultsOf(deletion.type(), deletion.id());
      faults.forEach(fault -> refusals.add(fault.at(index)));
      ResourceKey key = new ResourceKey(unit.hsaId(), deletion.type(), deletion.id());
      change(new Change.Delete(key, deletion.expectedVersion()));
    }
  }

  private boolean admitted(int index, Admission admission) {
    admission.refusals().forEach(refusal -> refusals.add(refusal.at(index)));
    return admission.refusals().isEmpty();
  }

  private void create(int index, Delivery.CreateIfNoneExist create) {
    String type = create.resource().fhirType();
    String id = DerivedIds.of(unit, type, create.system(), create.value());
    Resource resource = create.resource().copy();
    resource.setId(id);
    byte[] json = StrictJson.encode(resource);
    Admission admission = Admission.withIdentifier(resource, json, create.system(), create.value());
    if (admitted(index, admission)) {
      create(index, create, resource, admission, json);
    }
  }

  private void create(
      int index,
      Delivery.CreateIfNoneExist create,
      Resource resource,
      Admission admission,
      byte[] json) {
    ResourceKey key = key(resource);
    Page present = withIdentifier(key.type(), create.system() + "|" + create.value());
    if (present.versions().size() > 1) {
      severalMatches.add(
          new Refusal(
              index,
              key.type() + ".identifier",
              "several resources of the unit have this identifier",
              "PUT the resource under its own id"));
    } else if (present.versions().size() == 1) {
      found(present.versions().get(0));
    } else if (created.containsKey(key)) {
      int first = created.get(key);
      answers.add(applied -> unchanged(applied.get(first)));
    } else {
      createNew(index, create, resource, admission, json);
    }
  }

  private void found(StoredVersion found) {
    answers.add(
        applied ->
            new Applied(found.key(), found.version(), found.stored(), Applied.Effect.UNCHANGED));
  }

  private void createNew(
      int index,
      Delivery.CreateIfNoneExist create,
      Resource resource,
      Admission admission,
      byte[] json) {
    ResourceKey key = key(resource);
    Optional<StoredVersion> earlier = store.read(key);
    if (earlier.isPresent() && !earlier.get().deleted()) {
      Page now = withIdentifier(key.type(), create.system() + "|" + create.value());
      if (now.versions().size() == 1) { // another sender has created it since it was looked for
        found(now.versions().get(0));
        return;
      }
      refusals.add(
          new Refusal(
              index,
              key.type() + ".identifier",
              "a resource created for this identifier is stored as " + key + " without it now",
              "PUT the resource as " + key));
      return;
    }
    created.put(key, changes.size());
    change(put(resource, admission, json, earlier.map(StoredVersion::version).orElse(0L)));
  }

  private Page withIdentifier(String type, String token) {
    Query.Criterion identifier =
        new Query.Criterion("identifier", Query.Comparison.EQUAL, List.of(token));
    return store.search(new Query(unit.hsaId(), type, List.of(identifier), null, null, null, 2));
  }

  private void change(Change change) {
    int position = changes.size();
    changes.add(change);
    answers.add(applied -> applied.get(position));
  }

  private ResourceKey key(Resource resource) {
    return new ResourceKey(unit.hsaId(), resource.fhirType(), resource.getIdElement().getIdPart());
  }

  private Change put(Resource resource, Admission admission, byte[] json, @Nullable Long expected) {
    ResourceKey key = key(resource);
    String subject = key.type().equals("Patient") ? key.id() : admission.subject();
    return new Change.Put(key, subject, admission.index(), json, expected, SourceTime.of(resource));
  }

  private static Applied unchanged(Applied applied) {
    return new Applied(
        applied.key(), applied.version(), applied.stored(), Applied.Effect.UNCHANGED);
  }
}
