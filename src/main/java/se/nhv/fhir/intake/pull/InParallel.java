package se.nhv.fhir.intake.pull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Tasks on several threads. */
final class InParallel {

  private InParallel() {}

  /**
   * Runs them all and returns when the last is done. Whoever interrupts the caller interrupts them;
   * the caller then runs those that were not begun itself, with the interruption noted.
   *
   * @throws RuntimeException what the first that failed threw, when all are done
   */
  static void run(int atOnce, List<Runnable> tasks) {
    if (atOnce == 1 || tasks.size() == 1) {
      tasks.forEach(Runnable::run);
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, tasks.size()));
    List<CompletableFuture<Void>> done =
        tasks.stream().map(it -> CompletableFuture.runAsync(it, threads)).toList();
    threads.shutdown();
    await(threads);
    try {
      done.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void await(ExecutorService threads) {
    List<Runnable> left = List.of();
    boolean isInterrupted = false;
    boolean isDone = false;
    while (!isDone) {
      try {
        isDone = threads.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        isInterrupted = true;
        List<Runnable> unbegun = threads.shutdownNow();
        left = unbegun.isEmpty() ? left : unbegun;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    left.forEach(Runnable::run);
  }
}
