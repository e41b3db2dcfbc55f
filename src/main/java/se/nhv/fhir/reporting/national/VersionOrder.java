package se.nhv.fhir.reporting.national;

import java.util.Arrays;

/** A version {@code major.minor.patch}, compared by its numbers. */
record VersionOrder(String version) implements Comparable<VersionOrder> {

  static int major(String version) {
    return numbers(version)[0];
  }

  @Override
  public int compareTo(VersionOrder other) {
    return Arrays.compare(numbers(version), numbers(other.version));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
