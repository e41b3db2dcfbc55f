package se.nhv.fhir.intake.bulk;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A file of a manifest.
 *
 * @param kind why it is there
 * @param type the resource type that it is said to hold
 * @param number its position among those of its kind, from 1
 * @param link its address as the endpoint wrote it
 * @param count how many lines it is said to have, if said
 */
record ExportFile(Kind kind, String type, int number, String link, OptionalLong count) {

  /** Why a file is there; they are read in this order, so that output has the last word. */
  enum Kind {
    /** What the endpoint could not export. */
    ERROR,
    /** What the endpoint holds no more. */
    DELETED,
    /** The data. */
    OUTPUT
  }

  /** By which a gap names it: its place in the manifest. */
  String label() {
    return switch (kind) {
      case ERROR -> "error file " + number;
      case DELETED -> "deleted file " + number;
      case OUTPUT -> type + " file (output " + number + ")";
    };
  }

  /** Its address without query and fragment, where signatures stand. */
  String address() {
    return link.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** By which it is found again in the folder, after its address has been signed anew. */
  String localName() {
    String identity = kind + " " + number + " " + address();
    return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)) + ".ndjson";
  }
}
