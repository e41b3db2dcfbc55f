package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InParallelTest {

  @Test
  void everyTaskRunsAndWhatOneThrowsIsThrownInTheEnd() {
    AtomicInteger done = new AtomicInteger();
    List<Runnable> tasks =
        List.of(
            () -> {
              throw new IllegalStateException("broken");
            },
            done::incrementAndGet,
            done::incrementAndGet);
    assertThatThrownBy(() -> InParallel.run(2, tasks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(done.get()).isEqualTo(2);
  }

  @Test
  void anInterruptionReachesEveryTaskAndStaysNoted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    Runnable task =
        () -> {
          begun.countDown();
          try {
            Thread.sleep(50_000);
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            Thread.currentThread().interrupt();
          }
        };
    AtomicBoolean isNoted = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              InParallel.run(2, Collections.nCopies(5, task));
              isNoted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join();
    assertThat(interrupted.get()).isEqualTo(5);
    assertThat(isNoted).isTrue();
  }
}
