package se.nhv.fhir.run.jobs;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Unit;

/**
 * What is asked of a job.
 *
 * @param unit whose data it is about
 * @param kind what is to be done
 * @param input the names and values that the kind takes; none of a patient
 */
public record JobRequest(Unit unit, JobKind kind, SortedMap<String, String> input) {

  /** The input that names the endpoint of a pull. */
  public static final String ENDPOINT = "endpoint";

  /** Copies the input. */
  public JobRequest {
    input = new TreeMap<>(input);
  }

  /** A request without input. */
  public static JobRequest of(Unit unit, JobKind kind) {
    return new JobRequest(unit, kind, new TreeMap<>());
  }

  /** The same with one more input. */
  public JobRequest with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(input);
    more.put(name, value);
    return new JobRequest(unit, kind, more);
  }

  /**
   * That input.
   *
   * @throws IllegalArgumentException if the request does not say it
   */
  public String required(String name) {
    String value = input.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a job of kind " + kind.code() + " takes " + name);
    }
    return value;
  }

  /** The id of the endpoint that is asked, or null. */
  public @Nullable String endpoint() {
    return input.get(ENDPOINT);
  }

  /** Jobs with the same lane run one after another, on whatever server. */
  String lane() {
    String endpoint = endpoint();
    return unit + "/" + kind.code() + (endpoint == null ? "" : "/" + endpoint);
  }
}
