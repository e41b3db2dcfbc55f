package se.nhv.fhir.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of NDJSON as bytes, counted from 1. For one thread. */
public final class NdjsonLines {

  private static final int LONGEST = 64 << 20;
  private static final int BOM_LENGTH = 3;

  /** A line is longer than any resource may be. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final InputStream stream;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long number;

  /** The lines of that stream, which stays the caller's to close. */
  public NdjsonLines(InputStream stream) {
    this.stream = stream;
  }

  /** The number of the line that was read last, or could not be read. */
  public long number() {
    return number;
  }

  /**
   * The next line without its end, or null after the last.
   *
   * @throws TooLongException if the line is longer than 64 MiB
   */
  public byte @Nullable [] next() throws IOException {
    number++;
    if (!fill()) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    while (fill()) {
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, from, position - from);
      if (line.size() > LONGEST) {
        throw new TooLongException();
      }
      if (position < limit) {
        position++;
        break;
      }
    }
    return line.toByteArray();
  }

  /** Whether at least one byte is at hand. */
  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, stream.read(buffer));
    }
    return position < limit;
  }

  /** Where the text lies without white space and byte order mark at its ends. */
  static ResourceHead.Slice trimmed(byte[] text) {
    int from = 0;
    int to = text.length;
    if (to >= BOM_LENGTH
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF) {
      from = BOM_LENGTH;
    }
    while (from < to && text[from] <= ' ' && text[from] >= 0) {
      from++;
    }
    while (to > from && text[to - 1] <= ' ' && text[to - 1] >= 0) {
      to--;
    }
    return new ResourceHead.Slice(from, to);
  }
}
