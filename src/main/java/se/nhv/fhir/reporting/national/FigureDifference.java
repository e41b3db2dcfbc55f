package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure that differs between two revisions of a report.
 *
 * @param group the code of the group
 * @param stratifier the code of the stratifier, or null for the group itself
 * @param stratum the code of the stratum, or null for the group itself
 * @param figure a population's code, {@code score}, {@code statistik.<part>} or {@code
 *     bortfall.<reason>}
 * @param before the figure in the earlier revision; null where it has none
 * @param after the figure in the later revision; null where it has none
 */
public record FigureDifference(
    String group,
    @Nullable String stratifier,
    @Nullable String stratum,
    String figure,
    @Nullable BigDecimal before,
    @Nullable BigDecimal after) {

  /** Where the figure stands, for example {@code total/kon/kvinna/numerator}. */
  public String path() {
    return Stream.of(group, stratifier, stratum, figure)
        .filter(part -> part != null)
        .collect(Collectors.joining("/"));
  }
}
