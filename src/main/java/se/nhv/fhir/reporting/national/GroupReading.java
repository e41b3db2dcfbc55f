package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupPopulationComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;

/**
 * Reads a group of a report as its Measure defines it. What the Measure does not define, or what is
 * missing for the figures to be added to others, is refused with its place.
 */
final class GroupReading {

  private static final int MOST_DIGITS = 40;

  private final MeasureGroupComponent defined;
  private final MeasureReportGroupComponent given;
  private final String path;

  GroupReading(MeasureGroupComponent defined, MeasureReportGroupComponent given, String path) {
    this.defined = defined;
    this.given = given;
    this.path = path;
  }

  GroupFigures figures() {
    List<Long> populations = new ArrayList<>();
    List<MeasureReportGroupPopulationComponent> reported = given.getPopulation();
    requirePopulations(
        reported.stream().map(p -> p.getCode().getCodingFirstRep().getCode()).toList(), path);
    for (int p = 0; p < reported.size(); p++) {
      populations.add(count(reported.get(p).getCountElement(), path + ".population[" + p + "]"));
    }
    Extension statistics =
        Parts.one(
            given.getExtension(),
            Canonicals.structureDefinition("statistik"),
            path + ".extension(statistik)");
    boolean observed = MeasureElements.hasObservation(defined);
    if (observed != (statistics != null)) {
      throw Refusals.report(
          path + ".extension",
          observed ? "lacks statistik" : "has statistik, though the Measure has no observation");
    }
    Moments moments = statistics == null ? Moments.NONE : moments(statistics);
    Percentiles percentiles = statistics == null ? Percentiles.NONE : percentiles(statistics);
    long patients =
        statistics == null || MeasureElements.isBooleanBasis(defined)
            ? 0
            : part(statistics, "patients");
    return new GroupFigures(
        populations, moments, percentiles, patients, bortfall(), strata(populations));
  }

  private void requirePopulations(List<String> codes, String place) {
    List<String> expected = defined.getPopulation().stream().map(MeasureElements::code).toList();
    if (!codes.equals(expected)) {
      throw Refusals.report(
          place + ".population", "must be those of the Measure, in its order: " + expected);
    }
  }

  private static long count(IntegerType element, String place) {
    if (element.getValue() == null || element.getValue() < 0) {
      throw Refusals.report(place + ".count", "must be a number from 0");
    }
    return element.getValue();
  }

  private Moments moments(Extension statistics) {
    long count = part(statistics, "count");
    BigDecimal mean = expected(statistics, "mean", count > 0);
    BigDecimal deviation = expected(statistics, "standard-deviation", count > 1);
    if (deviation != null && deviation.signum() < 0) {
      throw Refusals.report(path + ".extension(statistik).standard-deviation", "is below zero");
    }
    return Moments.of(count, mean, deviation);
  }

  private long part(Extension statistics, String name) {
    String place = path + ".extension(statistik)." + name;
    Extension part = Parts.one(statistics.getExtension(), name, place);
    if (part != null && part.getValue() instanceof IntegerType number) {
      return count(number, place);
    }
    throw Refusals.report(place, "is missing");
  }

  private Percentiles percentiles(Extension statistics) {
    return new Percentiles(
        Percentiles.NAMES.stream()
            .map(name -> Optional.ofNullable(quantity(statistics, name)))
            .toList());
  }

  private @Nullable BigDecimal quantity(Extension statistics, String name) {
    String place = path + ".extension(statistik)." + name;
    Extension part = Parts.one(statistics.getExtension(), name, place);
    if (part == null || !(part.getValue() instanceof Quantity quantity) || !quantity.hasValue()) {
      return null;
    }
    String unit = MeasureElements.unit(defined).getCode();
    if (!quantity.hasCode() || !quantity.getCode().equals(unit)) {
      throw Refusals.report(place, "must be in " + unit);
    }
    BigDecimal value = quantity.getValue();
    if (value.precision() > MOST_DIGITS || Math.abs(value.scale()) > MOST_DIGITS) {
      throw Refusals.report(place, "must have at most " + MOST_DIGITS + " digits");
    }
    return value;
  }

  private @Nullable BigDecimal expected(Extension statistics, String name, boolean expected) {
    BigDecimal value = quantity(statistics, name);
    if (expected != (value != null)) {
      throw Refusals.report(
          path + ".extension(statistik)." + name,
          expected ? "is missing" : "is given for too few values");
    }
    return value;
  }

  private SortedMap<String, Long> bortfall() {
    SortedMap<String, Long> found = new TreeMap<>();
    for (Extension one : given.getExtensionsByUrl(Canonicals.structureDefinition("bortfall"))) {
      String place = path + ".extension(bortfall)";
      Extension reason = Parts.one(one.getExtension(), "reason", place + ".reason");
      Extension count = Parts.one(one.getExtension(), "count", place + ".count");
      if (reason == null
          || !(reason.getValue() instanceof PrimitiveType<?> code)
          || count == null
          || !(count.getValue() instanceof IntegerType number)
          || code.getValueAsString() == null
          || found.put(code.getValueAsString(), count(number, place)) != null) {
        throw Refusals.report(place, "must have a reason and a count, each reason once");
      }
    }
    return found;
  }

  private List<SortedMap<String, List<Long>>> strata(List<Long> populations) {
    List<SortedMap<String, List<Long>>> found = new ArrayList<>();
    List<String> expected = defined.getStratifier().stream().map(GroupReading::code).toList();
    List<String> codes =
        given.getStratifier().stream()
            .map(s -> s.getCodeFirstRep().getCodingFirstRep().getCode())
            .collect(Collectors.toList());
    if (!codes.equals(expected)) {
      throw Refusals.report(
          path + ".stratifier", "must be those of the Measure, in its order: " + expected);
    }
    for (int s = 0; s < expected.size(); s++) {
      String place = path + ".stratifier[" + s + "]";
      SortedMap<String, List<Long>> strata = new TreeMap<>();
      for (StratifierGroupComponent stratum : given.getStratifier().get(s).getStratum()) {
        String value = stratum.getValue().getCodingFirstRep().getCode();
        if (value == null || strata.put(value, counts(stratum, place + ".stratum")) != null) {
          throw Refusals.report(place + ".stratum.value", "must be a code, each once");
        }
      }
      requireSums(strata, populations, place);
      found.add(strata);
    }
    return found;
  }

  private List<Long> counts(StratifierGroupComponent stratum, String place) {
    List<Long> counts = new ArrayList<>();
    List<StratifierGroupPopulationComponent> reported = stratum.getPopulation();
    requirePopulations(
        reported.stream().map(p -> p.getCode().getCodingFirstRep().getCode()).toList(), place);
    for (StratifierGroupPopulationComponent population : reported) {
      counts.add(count(population.getCountElement(), place + ".population"));
    }
    return counts;
  }

  /** Strata always sum to their group. */
  private static void requireSums(
      SortedMap<String, List<Long>> strata, List<Long> populations, String place) {
    for (int p = 0; p < populations.size(); p++) {
      long sum = 0;
      for (List<Long> counts : strata.values()) {
        sum += counts.get(p);
      }
      if (sum != populations.get(p)) {
        throw Refusals.report(place + ".stratum", "does not sum to its group in population " + p);
      }
    }
  }

  private static String code(MeasureGroupStratifierComponent stratifier) {
    return MeasureElements.code(stratifier).getCodingFirstRep().getCode();
  }
}
