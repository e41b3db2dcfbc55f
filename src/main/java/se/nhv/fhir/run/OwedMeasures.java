package se.nhv.fhir.run;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Measure;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingSchedule.FirstReport;
import se.nhv.fhir.measure.ReportingYear;

/**
 * What an area owes in a reporting year, from the Measures' own schedules. An area that has
 * proposals only owes nothing; asked for, it answers with the proposals.
 */
public final class OwedMeasures {

  private final Content content;

  /** For the Measures of that content. */
  public OwedMeasures(Content content) {
    this.content = content;
  }

  /**
   * A request for every Measure that is owed, or for the area's proposals, each with its period; in
   * the order of their ids.
   *
   * @throws NothingOwedException if the area owes nothing that year, or does not exist
   */
  public EvaluationRequest request(Area area, ReportingYear year, LocalDate asOf) {
    List<MeasureDefinition> reported = reported(area, year);
    if (reported.isEmpty()) {
      throw new NothingOwedException(
          "area " + area + " owes nothing in " + year + "; " + whatIsOwed(area));
    }
    return new EvaluationRequest(reported.stream().map(m -> request(m, year)).toList(), asOf);
  }

  /**
   * A request for what several areas report that year, to be evaluated in one pass over the
   * patients.
   *
   * @throws NothingOwedException if none of them owes anything
   */
  public EvaluationRequest request(List<Area> areas, ReportingYear year, LocalDate asOf) {
    List<MeasureRequest> measures =
        areas.stream().flatMap(a -> reported(a, year).stream()).map(m -> request(m, year)).toList();
    if (measures.isEmpty()) {
      throw new NothingOwedException("areas " + areas + " owe nothing in " + year);
    }
    return new EvaluationRequest(measures, asOf);
  }

  /**
   * A request for one of them.
   *
   * @param name the name of the Measure, as {@link Measure#getName()}
   * @throws NotComputableException if the Measure has no content yet
   * @throws NothingOwedException if it is neither owed that year nor a proposal
   */
  public EvaluationRequest request(Area area, ReportingYear year, LocalDate asOf, String name) {
    List<MeasureDefinition> named =
        ofArea(area).stream().filter(m -> m.reference().name().equals(name)).toList();
    Optional<MeasureDefinition> reported =
        named.stream()
            .filter(m -> m.isComputable() && m.schedule().period(year).isPresent())
            .findFirst();
    if (reported.isPresent()) {
      return new EvaluationRequest(List.of(request(reported.get(), year)), asOf);
    }
    for (MeasureDefinition measure : named) {
      if (!measure.isComputable()) {
        String why = MeasureElements.whyNotComputable(measure.resource());
        throw new NotComputableException(measure.reference(), why);
      }
    }
    throw new NothingOwedException(
        name
            + " is not owed by area "
            + area
            + " in "
            + year
            + "; these are: "
            + request(area, year, asOf).measures().stream()
                .map(m -> m.measure().reference().name())
                .collect(Collectors.joining(", ")));
  }

  private List<MeasureDefinition> reported(Area area, ReportingYear year) {
    List<MeasureDefinition> ofArea = ofArea(area);
    boolean onlyProposals = ofArea.stream().allMatch(m -> m.schedule().isProposal());
    return ofArea.stream()
        .filter(MeasureDefinition::isComputable)
        .filter(m -> onlyProposals || m.schedule().isOwed(year))
        .toList();
  }

  private List<MeasureDefinition> ofArea(Area area) {
    return content.measures().stream().filter(m -> m.area().equals(area)).toList();
  }

  private String whatIsOwed(Area area) {
    return ofArea(area).stream()
        .map(m -> Optional.ofNullable(m.schedule().first()))
        .flatMap(Optional::stream)
        .map(FirstReport::year)
        .min(ReportingYear::compareTo)
        .map(first -> "its first reporting year is " + first)
        .orElseGet(this::whichAreas);
  }

  private String whichAreas() {
    SortedSet<String> areas = new TreeSet<>();
    content.measures().forEach(m -> areas.add(m.area().code()));
    return "there are Measures for these areas: " + String.join(", ", areas);
  }

  private static MeasureRequest request(MeasureDefinition measure, ReportingYear year) {
    return new MeasureRequest(measure, measure.schedule().period(year).orElseThrow());
  }
}
