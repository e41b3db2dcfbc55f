package se.nhv.fhir.intake.pull;

import java.time.Duration;
import java.util.List;
import se.nhv.fhir.measure.Area;

/**
 * What to pull.
 *
 * @param areas the areas of care that the unit gives; empty for all that there are Measures for
 * @param full everything again, whatever former pulls brought; else only what the source has
 *     changed since the last complete pull, where the source can tell
 * @param overlap by how much a pull of changes goes back behind the start of the former pull
 * @param translation of the criteria's codes to the source's
 */
public record PullRequest(
    List<Area> areas, boolean full, Duration overlap, CodeTranslation translation) {

  /** An hour, by default. */
  public static final Duration USUAL_OVERLAP = Duration.ofHours(1);

  /** Copies the list; an IllegalArgumentException if the overlap is negative. */
  public PullRequest {
    areas = List.copyOf(areas);
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("the overlap of a pull must not be negative");
    }
  }

  /** What has changed in those areas, with the usual overlap, from a source with our codes. */
  public PullRequest(List<Area> areas) {
    this(areas, false, USUAL_OVERLAP, CodeTranslation.IDENTITY);
  }

  /** The same in full. */
  public PullRequest inFull() {
    return new PullRequest(areas, true, overlap, translation);
  }
}
