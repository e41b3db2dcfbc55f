package se.nhv.fhir.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/** The patients of one unit in the intake store. For one thread. */
public final class StoredPatients implements PatientSource {

  static final Comparator<RawResource> ORDER =
      Comparator.comparing(RawResource::type).thenComparing(RawResource::id);

  private final ResourceStore store;
  private final Unit unit;
  private final List<String> gaps = new ArrayList<>();
  private final List<RawResource> orphans = new ArrayList<>();

  /** The patients of that unit. */
  public StoredPatients(ResourceStore store, Unit unit) {
    this.store = store;
    this.unit = unit;
  }

  @Override
  public void forEachPatient(Consumer<PatientRecord> consumer) {
    gaps.clear();
    orphans.clear();
    store.forEachSubject(unit.hsaId(), (subject, versions) -> hand(subject, versions, consumer));
  }

  /** How many Patients are stored or referred to. */
  @Override
  public long countPatients() {
    return store.countSubjects(unit.hsaId());
  }

  @Override
  public List<String> gaps() {
    return List.copyOf(gaps);
  }

  @Override
  public List<RawResource> orphans() {
    return List.copyOf(orphans);
  }

  private void hand(
      String subject, List<StoredVersion> versions, Consumer<PatientRecord> consumer) {
    List<RawResource> resources =
        versions.stream()
            .filter(it -> !it.deleted())
            .map(it -> new RawResource(it.key().type(), it.key().id(), it.json()))
            .sorted(ORDER)
            .toList();
    if (resources.stream().anyMatch(it -> it.type().equals("Patient") && it.id().equals(subject))) {
      consumer.accept(new PatientRecord(subject, resources));
    } else {
      resources.forEach(it -> gaps.add(Gaps.dangling(it.toString())));
      orphans.addAll(resources);
    }
  }
}
