package se.nhv.fhir.run.jobs;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * What came of a job that came to its end.
 *
 * @param complete whether nothing is missing
 * @param results in the order in which the Task shows them
 */
public record JobOutcome(boolean complete, List<Result> results) {

  /** Copies the list. */
  public JobOutcome {
    results = List.copyOf(results);
  }

  /**
   * One result.
   *
   * @param name what it is, a word
   * @param value a primitive or a Reference
   */
  public record Result(String name, Type value) {

    /** How many. */
    public static Result count(String name, long count) {
      return new Result(name, new IntegerType(Math.toIntExact(count)));
    }

    /** A text for the unit's own engineers. */
    public static Result text(String name, String text) {
      return new Result(name, new StringType(text));
    }

    /** A resource that was made. */
    public static Result reference(String name, String reference) {
      return new Result(name, new Reference(reference));
    }
  }

  /**
   * Texts as results, at most so many; the last says how many were left out.
   *
   * @param most at least 1
   */
  static List<Result> texts(String name, List<String> texts, int most) {
    List<Result> results = new ArrayList<>();
    texts.stream().limit(most).forEach(text -> results.add(Result.text(name, text)));
    if (texts.size() > most) {
      results.add(Result.text(name, "and " + (texts.size() - most) + " more"));
    }
    return results;
  }
}
