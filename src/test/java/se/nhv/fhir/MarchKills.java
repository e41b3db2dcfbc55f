package se.nhv.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Kills one side or the other at random moments of a March, and starts it again. Every second time
 * it waits until a submission is on the wire, if one comes soon.
 */
final class MarchKills implements March.Watch, AutoCloseable {

  private static final int PATIENCE = 3000; // ms

  private final MarchSides sides;
  private final List<String> steps;
  private final long seed;
  private final Random random;
  private final List<Integer> planned = new ArrayList<>();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private @Nullable Future<?> last;
  private int times;
  private final AtomicInteger ofSubmissions = new AtomicInteger();

  /** So many, at steps that the seed chooses. */
  MarchKills(MarchSides sides, List<String> steps, int times, long seed) {
    this.sides = sides;
    this.steps = steps;
    this.seed = seed;
    this.random = new Random(seed);
    List<Integer> submit =
        new ArrayList<>(stepsThat("submit").stream().filter(i -> i % 2 == 0).toList());
    while (planned.size() < times) {
      boolean submits = planned.size() % 2 == 0 && !submit.isEmpty();
      int step =
          submits ? submit.remove(random.nextInt(submit.size())) : random.nextInt(steps.size());
      if (!planned.contains(step)) {
        planned.add(step);
      }
    }
  }

  private List<Integer> stepsThat(String kind) {
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).startsWith(kind)) {
        some.add(i);
      }
    }
    return some;
  }

  @Override
  public void begins(int step) throws Exception {
    if (!planned.contains(step)) {
      return;
    }
    finish();
    MarchAdapter side = sides.both().get(random.nextInt(2));
    boolean submits = steps.get(step).startsWith("submit");
    int delay = random.nextInt(steps.get(step).startsWith("report") ? 1500 : submits ? 60 : 300);
    int time = ++times;
    last = executor.submit(() -> kill(time, side, steps.get(step), submits, delay));
  }

  private @Nullable Void kill(int time, MarchAdapter side, String step, boolean submits, int delay)
      throws Exception {
    for (int i = 0; submits && sides.wire().unanswered() == 0 && i < PATIENCE; i++) {
      Thread.sleep(1);
    }
    Thread.sleep(delay);
    int unanswered = sides.wire().unanswered();
    side.kill();
    ofSubmissions.addAndGet(unanswered);
    System.out.printf(
        "kill %d of %d (seed %d): %s, %d ms after '%s', submissions without answer: %d%n",
        time, planned.size(), seed, side, delay, step, unanswered);
    side.start();
    return null;
  }

  /** Waits until the side that was killed last is there again. */
  void finish() throws Exception {
    if (last != null) {
      last.get();
    }
  }

  /** How many submissions were on the wire when a side was killed. */
  int ofSubmissions() {
    return ofSubmissions.get();
  }

  @Override
  public void close() throws InterruptedException {
    executor.shutdown(); // not before what is being started can be killed
    executor.awaitTermination(2, TimeUnit.MINUTES);
  }
}
