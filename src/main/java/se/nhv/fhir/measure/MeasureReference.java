package se.nhv.fhir.measure;

/**
 * A Measure by name and version.
 *
 * @param name area and printed id without marks
 * @param version the version of the Measure and of its CQL library, for example {@code 2.0.0}
 */
public record MeasureReference(String name, String version)
    implements Comparable<MeasureReference> {

  /** The id of the Measure resource: name, hyphen, version. */
  public String id() {
    return name + "-" + version;
  }

  /** The canonical URL with version. */
  public String canonical() {
    return Canonicals.measure(name) + "|" + version;
  }

  @Override
  public int compareTo(MeasureReference other) {
    return id().compareTo(other.id());
  }

  @Override
  public String toString() {
    return id();
  }
}
