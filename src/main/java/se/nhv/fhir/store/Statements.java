package se.nhv.fhir.store;

import java.util.Collections;

/** The SQL of one store, in the schema that holds its tables. */
final class Statements {

  /** The most keys that one statement reads. */
  static final int KEYS = 128;

  private static final String VERSION_COLUMNS =
      "r.partition_key, r.type, r.id, r.version, r.stored, r.deleted, r.body";
  private static final String OF_KEY = " where r.type = ? and r.partition_key = ? and r.id = ?";

  private final String resource;
  private final String history;
  private final String index;

  final String nextKeyBlock;
  final String insertResource;
  final String updateResource;
  final String updateLast;
  final String copyToHistory;
  final String insertHistory;
  final String historyHashes;
  final String deleteIndex;
  final String insertIndex;
  final String current;
  final String versions;
  final String countSubjects;
  final String deleted;
  final String ofSubject;
  final String deletedOne;
  final String purgeHistory;
  final String purgeResource;

  Statements(Dialect dialect, String schema) {
    resource = "\"" + schema + "\".resource";
    history = "\"" + schema + "\".resource_history";
    index = "\"" + schema + "\".resource_index";
    nextKeyBlock = dialect.nextKeyBlock(schema);
    insertResource = insertResource();
    updateResource = updateResource();
    updateLast = "update " + resource + " set last_version = ?, last_stored = ? where pk = ?";
    copyToHistory =
        "insert into "
            + history
            + " (pk, version, stored, deleted, hash, body)"
            + " select r.pk, r.version, r.stored, r.deleted, r.hash, r.body from "
            + resource
            + " r where r.pk = any(?)";
    insertHistory =
        "insert into "
            + history
            + " (pk, version, stored, deleted, hash, body) values (?, ?, ?, ?, ?, ?)";
    historyHashes = "select pk, hash from " + history + " where pk = any(?) and not deleted";
    deleteIndex = "delete from " + index + " where resource_pk = any(?)";
    insertIndex =
        "insert into "
            + index
            + " (resource_pk, type, parameter, low, high) values (?, ?, ?, ?, ?)";
    current = "select " + VERSION_COLUMNS + " from " + resource + " r" + OF_KEY;
    versions = versions();
    countSubjects = "select count(distinct subject) from " + resource + " where partition_key = ?";
    deleted = deleted();
    ofSubject =
        "select pk, stored from "
            + resource
            + " where partition_key = ? and subject = ? order by type, id for update";
    deletedOne = "select pk, stored from " + resource + " r" + OF_KEY + " and r.deleted for update";
    purgeHistory = "delete from " + history + " where pk = any(?)";
    purgeResource = "delete from " + resource + " where pk = any(?)";
  }

  private String insertResource() {
    return "insert into "
        + resource
        + " (version, stored, deleted, subject, hash, index_hash, body, source_time,"
        + " last_version, last_stored, pk, partition_key, type, id)"
        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  }

  private String updateResource() {
    return "update "
        + resource
        + " set version = ?, stored = ?, deleted = ?, subject = ?, hash = ?, index_hash = ?,"
        + " body = ?, source_time = ?, last_version = ?, last_stored = ? where pk = ?";
  }

  /** Takes the key twice, then the version twice; a version of null stands for all of them. */
  private String versions() {
    String superseded =
        "select r.partition_key, r.type, r.id, h.version, h.stored, h.deleted, h.body from "
            + history
            + " h join "
            + resource
            + " r on r.pk = h.pk";
    return "select * from ("
        + current
        + " union all "
        + superseded
        + OF_KEY
        + ") v where cast(? as bigint) is null or v.version = ? order by version desc";
  }

  /** Of every deleted resource of a partition the last version with content. */
  private String deleted() {
    return "select r.partition_key, r.type, r.id, h.version, h.stored, h.deleted, h.body from "
        + resource
        + " r join "
        + history
        + " h on h.pk = r.pk where r.partition_key = ? and r.deleted and h.version ="
        + " (select max(o.version) from "
        + history
        + " o where o.pk = r.pk and not o.deleted) order by r.type, r.id";
  }

  /** Reads the rows of that many keys without their bodies, and locks them on demand. */
  String rows(int keys, boolean lock) {
    return "select pk, partition_key, type, id, version, stored, deleted, hash, index_hash,"
        + " source_time, last_version, last_stored from "
        + resource
        + " where (partition_key, type, id) in ("
        + repeated("(?, ?, ?)", keys)
        + ") order by partition_key, type, id"
        + (lock ? " for update" : "");
  }

  /** A page of a partition's rows in the order of subjects; the later ones take where to go on. */
  String subjects(boolean first) {
    return "select r.subject, "
        + VERSION_COLUMNS
        + " from "
        + resource
        + " r where r.partition_key = ? and r.subject is not null"
        + (first
            ? ""
            : " and r.subject >= ? and (r.subject > ? or r.type > ? or (r.type = ? and r.id > ?))")
        + " order by r.partition_key, r.subject, r.type, r.id limit ?";
  }

  String search(String condition) {
    return "select "
        + VERSION_COLUMNS
        + " from "
        + resource
        + " r where "
        + condition
        + " order by r.type, r.partition_key, r.id limit ?";
  }

  String count(String condition) {
    return "select count(*) from " + resource + " r where " + condition;
  }

  /** The condition that a resource has an index entry for which the given one holds. */
  String indexed(String condition) {
    return "r.pk in (select i.resource_pk from " + index + " i where " + condition + ")";
  }

  static String repeated(String part, int times) {
    return String.join(", ", Collections.nCopies(times, part));
  }
}
