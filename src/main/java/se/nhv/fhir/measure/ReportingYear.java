package se.nhv.fhir.measure;

/**
 * The year in whose March a unit reports (inrapporteringsår).
 *
 * @param value a calendar year from 2019, the year after the law on NHV took effect, to 2100
 */
public record ReportingYear(int value) implements Comparable<ReportingYear> {

  /** Refuses years outside the range with an IllegalArgumentException. */
  public ReportingYear {
    if (value < 2019 || value > 2100) {
      throw new IllegalArgumentException(value + " is not a reporting year from 2019 to 2100");
    }
  }

  @Override
  public int compareTo(ReportingYear other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
