package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest extends PulledHospital {

  private static final Answer<String> ANSWER = new Answer.Unanswered<>("none", false);

  @Test
  void noMoreRequestsAreInFlightThanTheEndpointIsToBear() throws Exception {
    Pace pace = new Pace(LIMITS.withPace(10_000, 3));
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore leave = new Semaphore(0);
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<?>> requests = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        requests.add(
            threads.submit(
                () ->
                    pace.inTurn(
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          leave.acquireUninterruptibly();
                          now.decrementAndGet();
                          return ANSWER;
                        })));
      }
      leave.release(12);
      for (Future<?> request : requests) {
        request.get();
      }
      assertThat(most.get()).isBetween(1, 3);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void requestsKeepTheirDistance() {
    Pace pace = new Pace(LIMITS.withPace(50, 4));
    long start = System.nanoTime();
    for (int i = 0; i < 6; i++) {
      pace.inTurn(() -> ANSWER);
    }
    // Six need five full periods of 20 ms between them, less the one that may be running.
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(79).toNanos());
  }

  @Test
  void aPullThatIsInterruptedWhileItWaitsEndsAtOnceAndSaysSo() throws InterruptedException {
    hospital.stubFor(
        WireMock.get(FIRST)
            .willReturn(WireMock.aResponse().withStatus(503).withHeader("Retry-After", "3600")));
    PullLimits limits =
        new PullLimits(200, 20, Duration.ofHours(1), 200_000, 3, Duration.ofHours(1));
    EndpointClient client =
        new EndpointClient(
            new FhirEndpoint(URI.create(hospital.baseUrl() + "/fhir"), TOKEN, limits));
    AtomicReference<String> reason = new AtomicReference<>("");
    CountDownLatch started = new CountDownLatch(1);
    Thread pulling =
        new Thread(
            () -> {
              started.countDown();
              try {
                client.exchange(
                    HttpRequest.newBuilder(URI.create(hospital.baseUrl() + FIRST)).build());
              } catch (QueryFailedException e) {
                reason.set(e.reason());
              }
            });
    pulling.start();
    started.await();
    while (hospital.getAllServeEvents().isEmpty() || pulling.getState() == Thread.State.RUNNABLE) {
      Thread.sleep(10);
    }
    pulling.interrupt();
    pulling.join();
    assertThat(reason.get()).contains("interrupted");
  }

  @Test
  void aPaceThatLetsNothingThroughIsWrongConfiguration() {
    assertThatThrownBy(() -> LIMITS.withPace(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LIMITS.withPace(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LIMITS.withPace(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
