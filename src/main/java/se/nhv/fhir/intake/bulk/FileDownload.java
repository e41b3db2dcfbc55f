package se.nhv.fhir.intake.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.pull.EndpointClient;
import se.nhv.fhir.intake.pull.QueryFailedException;
import se.nhv.fhir.intake.pull.Reply;

/**
 * One file on its way to the disk. A download that breaks off goes on where it stood if the source
 * can (RFC 9110, 14), else from the start; the file has its name only once it is whole and durable.
 * Mutable, for one thread.
 */
final class FileDownload {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_REFUSED = 416;
  private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})");
  private static final long WORTH_GOING_ON = 1 << 20;

  private final EndpointClient client;
  private final URI url;
  private final Path target;
  private final Path part;
  private final long limit;
  private final AtomicLong received = new AtomicLong();
  private @Nullable FileChannel open;
  private @Nullable String validator;
  private boolean resumable;
  private boolean endKnown;
  private long total = -1;

  FileDownload(EndpointClient client, URI url, Path target, long limit) {
    this.client = client;
    this.url = url;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.limit = limit;
  }

  /**
   * Downloads it.
   *
   * @param countKnown whether the lines can be counted against the manifest
   */
  void run(boolean countKnown) throws QueryFailedException, ExpiredException {
    try {
      HttpResponse<byte[]> response = downloaded();
      if (EXPIRED.contains(response.statusCode())) {
        throw new ExpiredException(
            "the source no longer gives out the file (HTTP status " + response.statusCode() + ")");
      }
      Reply.requireStatus(response, OK, PARTIAL);
      Reply.requireJson(response);
      if (total >= 0 && size() != total) {
        throw new QueryFailedException("the source sent less than the rest; try again later");
      }
      if (!endKnown && !countKnown) {
        throw new QueryFailedException(
            "the file came without Content-Length and the manifest holds no count: whether it is"
                + " whole cannot be known; let the source send one of them");
      }
      keep();
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      String kind = (cause == null ? e : cause).getClass().getSimpleName();
      throw new QueryFailedException("the work folder cannot be written (" + kind + ")");
    } finally {
      close();
    }
  }

  private HttpResponse<byte[]> downloaded() throws QueryFailedException {
    while (true) {
      long before = received.get();
      try {
        return client.exchange(this::request, this::body, received::get);
      } catch (QueryFailedException e) {
        if (!resumable || received.get() - before < WORTH_GOING_ON) {
          throw e;
        }
      }
    }
  }

  private HttpRequest request() {
    close(); // what an earlier attempt still writes must not land behind this one's
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("Accept", "application/fhir+ndjson");
    long have = resumable ? size() : 0;
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
      if (validator != null) {
        request.header("If-Range", validator);
      }
    }
    return request.GET().build();
  }

  private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo info) {
    HttpHeaders headers = info.headers();
    if (info.statusCode() == OK) {
      resumable = headers.firstValue("Accept-Ranges").orElse("").strip().equals("bytes");
      validator =
          headers
              .firstValue("ETag")
              .filter(it -> it.startsWith("\""))
              .or(() -> headers.firstValue("Last-Modified"))
              .orElse(null);
      endKnown = isEndKnown(headers);
      total = -1;
      return into(StandardOpenOption.TRUNCATE_EXISTING);
    }
    if (info.statusCode() == PARTIAL && resumable && goesOn(headers)) {
      return into(StandardOpenOption.APPEND);
    }
    if (info.statusCode() == PARTIAL || info.statusCode() == RANGE_REFUSED) {
      resumable = false;
      return HttpResponse.BodySubscribers.mapping(
          HttpResponse.BodySubscribers.discarding(), it -> startAgain());
    }
    return HttpResponse.BodySubscribers.replacing(new byte[0]);
  }

  private static byte[] startAgain() {
    throw new UncheckedIOException(new IOException("another range than was asked for"));
  }

  private boolean goesOn(HttpHeaders headers) {
    Matcher range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) != size()) {
      return false;
    }
    total = Long.parseLong(range.group(2));
    return true;
  }

  private static boolean isEndKnown(HttpHeaders headers) {
    return headers.firstValue("Content-Length").isPresent()
        || headers
            .firstValue("Transfer-Encoding")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .contains("chunked");
  }

  private FileBody into(StandardOpenOption how) {
    try {
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
      if (how == StandardOpenOption.APPEND) {
        channel.position(channel.size());
      }
      open = channel;
      return new FileBody(channel, limit, received);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep() {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long size() {
    try {
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close() {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
