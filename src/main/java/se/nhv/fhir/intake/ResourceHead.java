package se.nhv.fhir.intake;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a resource without building it.
 *
 * @param type resourceType, or null
 * @param id the id, or null
 * @param subject subject.reference, or null
 * @param lastUpdated meta.lastUpdated; the distant past where it is absent or out of form
 * @param failed whether an issue has severity fatal or error, as in an OperationOutcome
 * @param entries where the resources of a Bundle's entries lie among the bytes
 */
record ResourceHead(
    @Nullable String type,
    @Nullable String id,
    @Nullable String subject,
    Instant lastUpdated,
    boolean failed,
    List<Slice> entries) {

  /** Bytes from a first position to before a last. */
  record Slice(int from, int to) {}

  /**
   * Reads UTF-8 JSON to its end.
   *
   * @throws com.fasterxml.jackson.core.JacksonException if it is not one JSON object
   */
  static ResourceHead read(byte[] json, Slice slice) throws IOException {
    try (JsonParser parser =
        StrictJson.FACTORY.createParser(json, slice.from(), slice.to() - slice.from())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "not an object");
      }
      Reader reader = new Reader(parser, slice.from());
      reader.readObject();
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one object");
      }
      return reader.head();
    }
  }

  /** Reads one resource; mutable, for one thread. */
  private static final class Reader {
    private final JsonParser parser;
    private final int offset;
    private final List<Slice> entries = new ArrayList<>();
    private @Nullable String type;
    private @Nullable String id;
    private @Nullable String subject;
    private Instant lastUpdated = Instant.MIN;
    private boolean failed;

    Reader(JsonParser parser, int offset) {
      this.parser = parser;
      this.offset = offset;
    }

    ResourceHead head() {
      return new ResourceHead(type, id, subject, lastUpdated, failed, entries);
    }

    void readObject() throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "resourceType" -> type = text(value);
          case "id" -> id = text(value);
          case "subject" -> subject = member(value, "reference");
          case "meta" -> lastUpdated = instant(member(value, "lastUpdated"));
          case "issue" -> forEachItem(value, () -> failed |= isError(member("severity")));
          case "entry" -> forEachItem(value, this::readEntry);
          default -> parser.skipChildren();
        }
      }
    }

    private void readEntry() throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isResource = parser.currentName().equals("resource");
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (isResource) {
          int to = (int) parser.currentLocation().getByteOffset();
          entries.add(new Slice(offset + from, offset + to));
        }
      }
    }

    private void forEachItem(@Nullable JsonToken value, Item item) throws IOException {
      if (value != JsonToken.START_ARRAY) {
        parser.skipChildren();
        return;
      }
      for (JsonToken it = parser.nextToken(); it != JsonToken.END_ARRAY; it = parser.nextToken()) {
        if (it == JsonToken.START_OBJECT) {
          item.read();
        } else {
          parser.skipChildren();
        }
      }
    }

    private @Nullable String member(@Nullable JsonToken value, String wanted) throws IOException {
      if (value == JsonToken.START_OBJECT) {
        return member(wanted);
      }
      parser.skipChildren();
      return null;
    }

    private @Nullable String member(String wanted) throws IOException {
      String found = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isWanted = parser.currentName().equals(wanted);
        JsonToken value = parser.nextToken();
        if (isWanted) {
          found = text(value);
        } else {
          parser.skipChildren();
        }
      }
      return found;
    }

    private @Nullable String text(@Nullable JsonToken value) throws IOException {
      if (value == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      parser.skipChildren();
      return null;
    }

    private static boolean isError(@Nullable String severity) {
      return "error".equals(severity) || "fatal".equals(severity);
    }

    private static Instant instant(@Nullable String text) {
      try {
        return text == null ? Instant.MIN : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return Instant.MIN;
      }
    }
  }

  /** One item of an array, at its START_OBJECT. */
  private interface Item {
    void read() throws IOException;
  }
}
