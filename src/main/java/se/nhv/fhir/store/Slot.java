package se.nhv.fhir.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
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
      byte[] indexHash,
      @Nullable Instant sourceTime,
      long lastVersion,
      long lastStored) {}

  /** A version that is not current after the batch: it was replaced within it, or came late. */
  @SuppressWarnings("ArrayRecordComponent")
  record Superseded(long version, long stored, boolean deleted, byte[] hash, byte[] body) {}

  final ResourceKey key;
  final @Nullable Row row;
  private final Set<String> kept; // hashes of the history
  private final List<Superseded> superseded = new ArrayList<>();
  private long version;
  private long stored;
  private boolean deleted;
  private byte[] hash = NOTHING;
  private @Nullable Instant sourceTime;
  private long lastVersion;
  private long lastStored;
  private Change.@Nullable Put content;
  private boolean advanced;

  /**
   * A slot for one batch.
   *
   * @param row what was found, or null
   * @param kept the hashes in its history, needed only if a change comes late
   */
  Slot(ResourceKey key, @Nullable Row row, Set<String> kept) {
    this.key = key;
    this.row = row;
    this.kept = new HashSet<>(kept);
    if (row != null) {
      version = row.version();
      stored = row.stored();
      deleted = row.deleted();
      hash = row.hash();
      sourceTime = row.sourceTime();
      lastVersion = row.lastVersion();
      lastStored = row.lastStored();
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
    if (isLate(put.lastUpdated(), sourceTime)) {
      return late(put, newHash, now);
    }
    advance(now, put, newHash);
    return applied(created ? Effect.CREATED : Effect.UPDATED, stored);
  }

  /** Whether that time is known to be before the other. */
  static boolean isLate(@Nullable Instant time, @Nullable Instant known) {
    return time != null && known != null && time.isBefore(known);
  }

  private Applied late(Change.Put put, byte[] newHash, long now) {
    if (!kept.add(HexFormat.of().formatHex(newHash))) {
      return applied(Effect.UNCHANGED, stored);
    }
    next(now);
    superseded.add(new Superseded(lastVersion, lastStored, false, newHash, put.json()));
    return applied(Effect.SUPERSEDED, stored);
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
    if (live()) {
      kept.add(HexFormat.of().formatHex(hash));
    }
    if (advanced) {
      superseded.add(new Superseded(version, stored, deleted, hash, body()));
    }
    next(now);
    version = lastVersion;
    stored = lastStored;
    deleted = newContent == null;
    hash = newHash;
    sourceTime = newContent == null ? sourceTime : newContent.lastUpdated();
    content = newContent;
    advanced = true;
  }

  private void next(long now) {
    lastVersion++;
    lastStored = Math.max(now, lastStored); // a clock set back does not turn the history round
  }

  private Applied applied(Effect effect, long at) {
    return new Applied(key, version, Instant.ofEpochMilli(at), effect);
  }

  private boolean live() {
    return version > 0 && !deleted;
  }

  /** Whether anything is to be written. */
  boolean changed() {
    return advanced || !superseded.isEmpty();
  }

  /** Whether another version is current now. */
  boolean advanced() {
    return advanced;
  }

  @Nullable Instant sourceTime() {
    return sourceTime;
  }

  long lastVersion() {
    return lastVersion;
  }

  long lastStored() {
    return lastStored;
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
