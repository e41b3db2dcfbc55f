package se.nhv.fhir.measure;

import java.nio.charset.StandardCharsets;

/**
 * A FHIR R4 resource as JSON bytes, not yet read.
 *
 * @param type the resource type, for example {@code Procedure}
 * @param id the source's own logical id
 * @param json the resource in UTF-8; shared, never changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // copying every resource would cost more than it guards
public record RawResource(String type, String id, byte[] json) {

  /** A resource from its JSON text. */
  public static RawResource of(String type, String id, String json) {
    return new RawResource(type, id, json.getBytes(StandardCharsets.UTF_8));
  }

  /** The JSON as text. */
  public String text() {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** The type and id as a relative reference, never the content. */
  @Override
  public String toString() {
    return type + "/" + id;
  }
}
