package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.ResourceMapping;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;
import se.nhv.fhir.store.VersionConflictException;

/**
 * The units' mappings in the store. What a unit hands in is judged whole before any of it is kept;
 * each change is a new version at once for what comes in, and {@link Remapping} brings it to what
 * is there. Safe for use by many threads and processes at once.
 */
public final class StoredMappings implements ResourceMapping {

  /** The types that a mapping is made of. */
  public static final List<String> TYPES = List.of("ConceptMap", "StructureMap");

  private static final int PAGE = 100;
  private static final int MOST_ATTEMPTS = 20;

  private final ResourceStore store;
  private final Supplier<ContractCodes> contract;
  private final Map<Unit, UnitMapping> read = new ConcurrentHashMap<>();

  /**
   * Those of that store.
   *
   * @param contract asked when a mapping is handed in, not before
   */
  public StoredMappings(ResourceStore store, Supplier<ContractCodes> contract) {
    this.store = store;
    this.contract = contract;
  }

  @Override
  public InForce inForce(Unit unit) {
    return mapping(unit).<InForce>map(it -> it).orElse(InForce.NONE);
  }

  /** The unit's mapping at this moment; empty if it has never had one. */
  public Optional<UnitMapping> mapping(Unit unit) {
    for (int attempt = 1; ; attempt++) {
      Optional<MappingState> state = state(unit);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      UnitMapping known = read.get(unit);
      if (known == null || !known.version().equals(state.get().version())) {
        known = UnitMapping.of(resources(unit));
        read.put(unit, known);
      }
      if (known.version().equals(state.get().version())) {
        return Optional.of(known);
      }
      if (attempt == MOST_ATTEMPTS) {
        throw new IllegalStateException("the mapping of unit " + unit + " changes all the time");
      }
    }
  }

  /**
   * The version on which a report of what is stored rests.
   *
   * @return empty when nothing is mapped
   * @throws RemappingUnfinishedException if what is stored is not yet all as the mapping makes it
   */
  public Optional<String> settledVersion(Unit unit) {
    Optional<MappingState> state = state(unit);
    if (state.isPresent() && !state.get().finished()) {
      throw new RemappingUnfinishedException(state.get());
    }
    return state.map(MappingState::version).filter(it -> !it.isEmpty());
  }

  /** Whether what is stored is all as the unit's mapping makes it. */
  public boolean isSettled(Unit unit) {
    return state(unit).map(MappingState::finished).orElse(true);
  }

  /** Every ConceptMap and StructureMap of the unit. */
  public List<MappingResource> resources(Unit unit) {
    List<MappingResource> all = new ArrayList<>();
    for (String type : TYPES) {
      ResourceKey after = null;
      Page page;
      do {
        page = store.search(query(unit, type, after));
        for (StoredVersion found : page.versions()) {
          all.add(MappingResource.of(found.key().toString(), found.json()));
          after = found.key();
        }
      } while (page.more());
    }
    return all;
  }

  private static Query query(Unit unit, String type, @Nullable ResourceKey after) {
    return new Query(Partitions.mapping(unit), type, List.of(), null, null, after, PAGE);
  }

  /**
   * Keeps one ConceptMap or StructureMap, in place of that with its id.
   *
   * @param expected the version that must be current (If-Match), or null
   * @throws InvalidMappingException with every fault; nothing is kept then
   */
  public Applied put(Unit unit, MappingResource resource, @Nullable Long expected) {
    ResourceKey key = key(unit, resource);
    Change.Put put = new Change.Put(key, null, List.of(), resource.json(), expected);
    return change(unit, put, all -> all.put(key, resource));
  }

  /** Deletes one; what it mapped is then as it was sent. */
  public Applied delete(Unit unit, String type, String id, @Nullable Long expected) {
    ResourceKey key = new ResourceKey(Partitions.mapping(unit), type, id);
    return change(unit, new Change.Delete(key, expected), all -> all.remove(key));
  }

  /**
   * Keeps these and no others.
   *
   * @throws InvalidMappingException with every fault; nothing is changed then
   */
  public void replace(Unit unit, List<MappingResource> resources) {
    Map<ResourceKey, MappingResource> wanted = new TreeMap<>();
    resources.forEach(it -> wanted.put(key(unit, it), it));
    for (int attempt = 1; ; attempt++) {
      List<Change> changes = new ArrayList<>();
      for (MappingResource old : resources(unit)) {
        if (!wanted.containsKey(key(unit, old))) {
          changes.add(new Change.Delete(key(unit, old), null));
        }
      }
      wanted.forEach(
          (key, it) -> changes.add(new Change.Put(key, null, List.of(), it.json(), null)));
      if (applied(unit, changes, List.copyOf(wanted.values()), attempt) != null) {
        return;
      }
    }
  }

  private interface Edit {
    void of(Map<ResourceKey, MappingResource> all);
  }

  private Applied change(Unit unit, Change change, Edit edit) {
    for (int attempt = 1; ; attempt++) {
      Map<ResourceKey, MappingResource> all = new TreeMap<>();
      resources(unit).forEach(it -> all.put(key(unit, it), it));
      edit.of(all);
      List<Applied> applied = applied(unit, List.of(change), List.copyOf(all.values()), attempt);
      if (applied != null) {
        return applied.get(0);
      }
    }
  }

  /** Applies the changes with the new state; null if another has changed the mapping meanwhile. */
  private @Nullable List<Applied> applied(
      Unit unit, List<Change> changes, List<MappingResource> after, int attempt) {
    UnitMapping mapping = UnitMapping.judged(after, contract.get());
    Optional<StoredVersion> stored = store.read(MappingState.key(unit));
    Optional<MappingState> state = stored.map(MappingState::of);
    List<Change> all = new ArrayList<>(changes);
    boolean same = state.map(it -> it.version().equals(mapping.version())).orElse(false);
    boolean nothing = state.isEmpty() && mapping.version().isEmpty();
    if (!same && !nothing) {
      long expected = stored.map(StoredVersion::version).orElse(0L);
      all.add(MappingState.begun(mapping.version()).put(unit, expected));
    }
    try {
      return store.apply(all);
    } catch (VersionConflictException e) {
      if (!e.key().equals(MappingState.key(unit)) || attempt == MOST_ATTEMPTS) {
        throw e;
      }
      return null;
    }
  }

  private static ResourceKey key(Unit unit, MappingResource resource) {
    String id = resource.resource().getIdElement().getIdPart();
    if (id == null) {
      throw new IllegalArgumentException(
          resource.name() + ": it has no id, under which it would be kept; write one");
    }
    return new ResourceKey(Partitions.mapping(unit), resource.resource().fhirType(), id);
  }

  private Optional<MappingState> state(Unit unit) {
    return store.read(MappingState.key(unit)).map(MappingState::of);
  }
}
