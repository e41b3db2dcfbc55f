package se.nhv.fhir.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Applied.Effect;

/** One resource while a batch changes it: the row that was found, and what is to become of it. */
final class Slot {

  private static final byte[] NOTHING = {};

  /** The row that was found; all of it but the body. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(
      long pk,
      ResourceKey key,
      long version,
      long stored,
      boolean deleted,
      byte[] hash,
      byte[] indexHash) {}

  /** A version that was made and replaced within the batch. */
  @SuppressWarnings("ArrayRecordComponent")
  record Superseded(long version, long stored, boolean deleted, byte[] body) {}

  final ResourceKey key;
  final @Nullable Row row;
  private final List<Superseded> superseded = new ArrayList<>();
  private long version;
  private long stored;
  private boolean deleted;
  private byte[] hash = NOTHING;
  private Change.@Nullable Put content;
  private boolean changed;

  Slot(ResourceKey key, @Nullable Row row) {
    this.key = key;
    this.row = row;
    if (row != null) {
      version = row.version();
      stored = row.stored();
      deleted = row.deleted();
      hash = row.hash();
    }
  }

  Applied apply(Change change, long now) {
    return change instanceof Change.Put put ? put(put, now) : delete((Change.Delete) change, now);
  }

  private Applied put(Change.Put put, long now) {
    expect(put.expectedVersion());
    byte[] newHash = DigestUtils.sha256(put.json());
    boolean created = !live();
    if (!created && Arrays.equals(hash, newHash)) {
      return applied(Effect.UNCHANGED, stored);
    }
    advance(now, put, newHash);
    return applied(created ? Effect.CREATED : Effect.UPDATED, stored);
  }

  private Applied delete(Change.Delete delete, long now) {
    expect(delete.expectedVersion());
    if (!live()) {
      return applied(Effect.UNCHANGED, version == 0 ? now : stored);
    }
    advance(now, null, DigestUtils.sha256(NOTHING));
    return applied(Effect.DELETED, stored);
  }

  /** An expected 0 means that nothing may be there, and a deletion is nothing. */
  private void expect(@Nullable Long expected) {
    boolean met = expected == null || (expected == 0 ? !live() : expected == version);
    if (expected != null && !met) {
      throw new VersionConflictException(key, expected, version);
    }
  }

  private void advance(long now, Change.@Nullable Put newContent, byte[] newHash) {
    if (changed) {
      superseded.add(new Superseded(version, stored, deleted, body()));
    }
    version++;
    stored = Math.max(now, stored); // a clock set back does not turn the history round
    deleted = newContent == null;
    hash = newHash;
    content = newContent;
    changed = true;
  }

  private Applied applied(Effect effect, long at) {
    return new Applied(key, version, Instant.ofEpochMilli(at), effect);
  }

  private boolean live() {
    return version > 0 && !deleted;
  }

  boolean changed() {
    return changed;
  }

  long version() {
    return version;
  }

  long stored() {
    return stored;
  }

  boolean deleted() {
    return deleted;
  }

  byte[] hash() {
    return hash;
  }

  byte[] body() {
    return content == null ? NOTHING : content.json();
  }

  @Nullable String subject() {
    return content == null ? null : content.subject();
  }

  /** The index entries in the form in which they are kept, each once. */
  Set<IndexEntry> index() {
    Set<IndexEntry> entries = new LinkedHashSet<>();
    for (IndexEntry entry : content == null ? List.<IndexEntry>of() : content.index()) {
      entries.add(
          new IndexEntry(
              entry.parameter(),
              StoredText.indexed(entry.low()),
              StoredText.indexed(entry.high())));
    }
    return entries;
  }

  /** Equal when the index entries are the same in the same order; no kept text holds a NUL. */
  static byte[] indexHash(Set<IndexEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (IndexEntry entry : entries) {
      text.append(entry.parameter()).append('\0').append(entry.low()).append('\0');
      text.append(entry.high()).append('\0');
    }
    return DigestUtils.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  List<Superseded> superseded() {
    return superseded;
  }
}
