package se.nhv.fhir.intake.pull;

import java.util.List;
import java.util.SortedSet;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;

/**
 * Pulls what the Measures require, and no more, from a hospital's FHIR R4 endpoint: a first phase
 * finds the patients, a second fetches their data in batches. What a source does not answer is
 * asked for in a coarser way and picked out here. A query that fails is named with the Measures
 * that it touches, and the others go on; what has arrived stays. Only one pull of a unit's endpoint
 * may run at a time; otherwise safe for use by many threads.
 */
public final class RequirementsPull {

  private final Intake intake;
  private final ResourceStore store;
  private final Content content;

  /**
   * Pulls into that intake.
   *
   * @param store the intake's, where pulls keep what they remember
   * @param content whose Measures say what is required
   */
  public RequirementsPull(Intake intake, ResourceStore store, Content content) {
    this.intake = intake;
    this.store = store;
    this.content = content;
  }

  /**
   * Pulls; of a type whose lists of patients the source has shown to read, or not to read, so many
   * queries run at once as the limits of the endpoint say.
   *
   * @param unit whose endpoint it is
   * @param endpoint where to ask, and how far to go
   * @param progress told of each page
   * @throws IllegalArgumentException if there is no Measure for one of the areas
   */
  public PullOutcome pull(
      Unit unit, FhirEndpoint endpoint, PullRequest request, PullProgress progress) {
    return new PullRun(intake, store, unit, endpoint, request, plan(request), progress).run();
  }

  /**
   * The plan in words, a line each, without asking the source anything.
   *
   * @throws IllegalArgumentException if there is no Measure for one of the areas
   */
  public List<String> explain(PullRequest request) {
    return plan(request).lines();
  }

  /**
   * The ids of the Measures of those areas, or of all areas if there are none, that need resources
   * of that type; of what is no type that they may need, as a whole export, all of them.
   *
   * @throws IllegalArgumentException if there is no Measure for one of the areas
   */
  public SortedSet<String> measuresThatNeed(String type, List<Area> areas) {
    return plan(new PullRequest(areas)).measuresThatNeed(type);
  }

  private PullPlan plan(PullRequest request) {
    for (Area area : request.areas()) {
      if (content.measures().stream().noneMatch(it -> it.area().equals(area))) {
        throw new IllegalArgumentException("there are no Measures for area " + area);
      }
    }
    return PullPlan.of(content, request.areas(), request.translation());
  }
}
