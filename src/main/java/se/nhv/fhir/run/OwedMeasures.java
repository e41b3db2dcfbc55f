package se.nhv.fhir.run;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Measure;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;

/** What an area owes in a reporting year, from the Measures' own schedules. */
public final class OwedMeasures {

  private final Content content;

  /** For the Measures of that content. */
  public OwedMeasures(Content content) {
    this.content = content;
  }

  /**
   * A request for every Measure that is owed, each with its period.
   *
   * @throws NothingOwedException if the area owes nothing that year, or does not exist
   */
  public EvaluationRequest request(Area area, ReportingYear year, LocalDate asOf) {
    List<MeasureDefinition> owed = content.owed(area, year);
    if (owed.isEmpty()) {
      throw new NothingOwedException(
          "area " + area + " owes nothing in " + year + "; " + whatIsOwed(area));
    }
    return new EvaluationRequest(owed.stream().map(m -> request(m, year)).toList(), asOf);
  }

  /**
   * A request for one of the owed Measures.
   *
   * @param name the name of the Measure, as {@link Measure#getName()}
   * @throws NothingOwedException if it is not owed that year
   */
  public EvaluationRequest request(Area area, ReportingYear year, LocalDate asOf, String name) {
    EvaluationRequest all = request(area, year, asOf);
    List<MeasureRequest> named =
        all.measures().stream().filter(m -> m.measure().reference().name().equals(name)).toList();
    if (named.isEmpty()) {
      throw new NothingOwedException(
          name
              + " is not owed by area "
              + area
              + " in "
              + year
              + "; these are: "
              + all.measures().stream()
                  .map(m -> m.measure().reference().name())
                  .collect(Collectors.joining(", ")));
    }
    return new EvaluationRequest(named, asOf);
  }

  private String whatIsOwed(Area area) {
    List<MeasureDefinition> ofArea =
        content.measures().stream().filter(m -> m.area().equals(area)).toList();
    if (ofArea.isEmpty()) {
      SortedSet<String> areas = new TreeSet<>();
      content.measures().forEach(m -> areas.add(m.area().code()));
      return "there are Measures for these areas: " + String.join(", ", areas);
    }
    int first = ofArea.stream().mapToInt(m -> m.schedule().first().value()).min().orElseThrow();
    return "its first reporting year is " + first;
  }

  private static MeasureRequest request(MeasureDefinition measure, ReportingYear year) {
    return new MeasureRequest(measure, measure.schedule().period(year).orElseThrow());
  }
}
