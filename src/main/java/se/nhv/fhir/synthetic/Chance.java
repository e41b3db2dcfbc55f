package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The chance that rules one patient's life. Everything is derived from {@link
 * SplittableRandom#nextLong()}, whose algorithm is fixed, and from {@link StrictMath}, so that the
 * same seed gives the same choices on every JVM. Not thread-safe: one per patient.
 */
final class Chance {

  private final SplittableRandom random;

  private Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The chance of the patient with that number at that unit, independent of every other's. */
  static Chance of(long seed, String unit, int number) {
    long scattered = scatter(seed);
    for (int i = 0; i < unit.length(); i++) {
      scattered = scatter(scattered + unit.charAt(i));
    }
    return new Chance(scatter(scattered + number));
  }

  /** True with that probability, 0 to 1. */
  boolean happens(double probability) {
    return fraction() < probability;
  }

  /** A whole number from least to greatest, both included. */
  int between(int least, int greatest) {
    return least + (int) (fraction() * (greatest - least + 1L));
  }

  /** One of the choices, all as likely. */
  <T> T oneOf(List<T> choices) {
    return choices.get(between(0, choices.size() - 1));
  }

  /** A day from first to last, both included. */
  LocalDate dayBetween(LocalDate first, LocalDate last) {
    return first.plusDays(between(0, (int) (last.toEpochDay() - first.toEpochDay())));
  }

  /** Whole days, log-normal around the median, within least and greatest. */
  int daysAround(int median, double sigma, int least, int greatest) {
    long days = StrictMath.round(median * StrictMath.exp(sigma * bell()));
    return (int) Math.min(greatest, Math.max(least, days));
  }

  /** A whole number, normal around the mean, within least and greatest. */
  int around(int mean, double deviation, int least, int greatest) {
    long value = StrictMath.round(mean + deviation * bell());
    return (int) Math.min(greatest, Math.max(least, value));
  }

  /**
   * A moment of that day in Sweden: nearly always in working hours, now and then within an hour of
   * midnight, where the day in UTC is another.
   */
  LocalDateTime momentOf(LocalDate day) {
    if (happens(0.02)) {
      return day.atTime(happens(0.5) ? 0 : 23, between(0, 59));
    }
    return day.atTime(between(7, 16), 5 * between(0, 11));
  }

  /** About the standard normal distribution: the sum of twelve fractions, within -6 and 6. */
  private double bell() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += fraction();
    }
    return sum;
  }

  private double fraction() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Stafford's mix 13, so that neighbouring numbers start far apart. */
  private static long scatter(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
