package se.nhv.fhir.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For which rows a batch may hold a change that comes late, so that their histories are needed. */
final class LateChanges {

  private LateChanges() {}

  /**
   * The primary keys of rows with a change that is older than the row or than another change of the
   * batch.
   */
  static Set<Long> of(List<Change> changes, Map<ResourceKey, Slot.Row> rows) {
    Map<ResourceKey, Instant> newest = new HashMap<>();
    rows.values().forEach(row -> note(newest, row.key(), row.sourceTime()));
    changes.forEach(change -> note(newest, change.key(), lastUpdated(change)));
    Set<Long> late = new HashSet<>();
    for (Change change : changes) {
      Slot.Row row = rows.get(change.key());
      if (row != null && Slot.isLate(lastUpdated(change), newest.get(change.key()))) {
        late.add(row.pk());
      }
    }
    return late;
  }

  private static void note(
      Map<ResourceKey, Instant> newest, ResourceKey key, @Nullable Instant time) {
    if (time != null) {
      newest.merge(key, time, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  private static @Nullable Instant lastUpdated(Change change) {
    return change instanceof Change.Put put ? put.lastUpdated() : null;
  }
}
