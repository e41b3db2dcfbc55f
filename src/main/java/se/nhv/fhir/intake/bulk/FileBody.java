package se.nhv.fhir.intake.bulk;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.pull.AnswerTooLargeException;

/** A body that is written to a file as it comes, and is in it for good when it is whole. */
final class FileBody implements HttpResponse.BodySubscriber<byte[]> {

  private static final byte[] IN_THE_FILE = {};

  private final FileChannel file;
  private final long limit;
  private final AtomicLong received;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /**
   * Goes on where the file stands, and closes it.
   *
   * @param limit the most bytes that the file may have
   * @param received counts the bytes
   */
  FileBody(FileChannel file, long limit, AtomicLong received) {
    this.file = file;
    this.limit = limit;
    this.received = received;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Flow.Subscription source = subscription;
    if (source == null || whole.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        received.addAndGet(buffer.remaining());
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }
      if (file.position() > limit) {
        throw new AnswerTooLargeException(limit, "let the source write smaller files");
      }
      source.request(1);
    } catch (IOException e) {
      source.cancel();
      onError(e);
    }
  }

  @Override
  public void onError(Throwable problem) {
    try {
      file.close();
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
    whole.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    try {
      file.force(true);
      file.close();
      whole.complete(IN_THE_FILE);
    } catch (IOException e) {
      onError(e);
    }
  }
}
