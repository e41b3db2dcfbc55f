package se.nhv.fhir.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import se.nhv.fhir.evaluation.Engine;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureReports;
import se.nhv.fhir.evaluation.PatientEvaluator;
import se.nhv.fhir.evaluation.PatientOutcome;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.Tally;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.PatientRecord;

/**
 * One pass over a unit's patients: they are read once, evaluated on several threads and tallied.
 * The reports do not depend on how many threads there are. Safe for use by many threads at once.
 */
public final class EvaluationRun {

  private static final int CHUNK = 32;
  private static final List<PatientRecord> END = List.of();

  private final Engine engine;
  private final int threads;

  /**
   * A run on that engine.
   *
   * @param threads how many patients are evaluated at once, at least 1
   */
  public EvaluationRun(Engine engine, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads: it takes at least 1");
    }
    this.engine = engine;
    this.threads = threads;
  }

  /**
   * Evaluates every patient of the source.
   *
   * @param progress is told the number of patients done, now and then, from several threads
   */
  public RunOutcome evaluate(
      PatientSource source,
      EvaluationRequest request,
      ReportSubject subject,
      LongConsumer progress) {
    Workers workers = new Workers(request, progress);
    Tally tally = workers.run(source);
    return new RunOutcome(
        new MeasureReports(subject).of(request, tally),
        tally.patients(),
        workers.notEvaluable(),
        source.gaps());
  }

  /** The threads of one run and the queue that feeds them. */
  private final class Workers {

    private final EvaluationRequest request;
    private final LongConsumer progress;
    private final BlockingQueue<List<PatientRecord>> queue = new ArrayBlockingQueue<>(2 * threads);
    private final ConcurrentLinkedQueue<PatientOutcome.NotEvaluable> failures =
        new ConcurrentLinkedQueue<>();
    private final List<Future<Tally>> running = new ArrayList<>();

    Workers(EvaluationRequest request, LongConsumer progress) {
      this.request = request;
      this.progress = progress;
    }

    Tally run(PatientSource source) {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      try {
        for (int t = 0; t < threads; t++) {
          running.add(executor.submit(this::work));
        }
        List<PatientRecord> chunk = new ArrayList<>();
        source.forEachPatient(
            patient -> {
              chunk.add(patient);
              if (chunk.size() == CHUNK) {
                put(List.copyOf(chunk));
                chunk.clear();
              }
            });
        if (!chunk.isEmpty()) {
          put(List.copyOf(chunk));
        }
        for (int t = 0; t < threads; t++) {
          put(END);
        }
        Tally whole = new Tally(request);
        for (Future<Tally> part : running) {
          whole.merge(resultOf(part));
        }
        return whole;
      } finally {
        executor.shutdownNow();
      }
    }

    List<PatientOutcome.NotEvaluable> notEvaluable() {
      return failures.stream()
          .sorted(Comparator.comparing(PatientOutcome.NotEvaluable::patientId))
          .toList();
    }

    private Tally work() throws InterruptedException {
      PatientEvaluator evaluator = engine.evaluator(request);
      Tally tally = new Tally(request);
      for (List<PatientRecord> chunk = queue.take(); !chunk.isEmpty(); chunk = queue.take()) {
        for (PatientRecord patient : chunk) {
          PatientOutcome outcome = evaluator.evaluate(patient);
          tally.add(patient, outcome);
          if (outcome instanceof PatientOutcome.NotEvaluable failure) {
            failures.add(failure);
          }
        }
        progress.accept(chunk.size());
      }
      return tally;
    }

    /** Waits for room in the queue, unless a worker has ended, which it only does by failing. */
    private void put(List<PatientRecord> chunk) {
      try {
        while (!queue.offer(chunk, 1, TimeUnit.SECONDS)) {
          for (Future<Tally> worker : running) {
            if (worker.isDone() && chunk != END) {
              resultOf(worker);
            }
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the run was interrupted", e);
      }
    }

    private static Tally resultOf(Future<Tally> worker) {
      try {
        return worker.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the run was interrupted", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("the run failed: " + e.getCause(), e.getCause());
      }
    }
  }
}
