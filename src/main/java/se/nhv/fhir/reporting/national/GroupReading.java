package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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
    Extension statistics = given.getExtensionByUrl(Canonicals.structureDefinition("statistik"));
    boolean observed = MeasureElements.hasObservation(defined);
    if (observed != (statistics != null)) {
      throw Refusals.report(
          path + ".extension",
          observed ? "lacks statistik" : "has statistik, though the Measure has no observation");
    }
    Moments moments = statistics == null ? Moments.NONE : moments(statistics);
    long patients =
        statistics == null || MeasureElements.isBooleanBasis(defined)
            ? 0
            : part(statistics, "patients");
    return new GroupFigures(populations, moments, patients, bortfall(), strata(populations));
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
    BigDecimal mean = quantity(statistics, "mean", count > 0);
    BigDecimal deviation = quantity(statistics, "standard-deviation", count > 1);
    if (deviation != null && deviation.signum() < 0) {
      throw Refusals.report(path + ".extension(statistik).standard-deviation", "is below zero");
    }
    return Moments.of(count, mean, deviation);
  }

  private long part(Extension statistics, String name) {
    Extension part = statistics.getExtensionByUrl(name);
    if (part != null && part.getValue() instanceof IntegerType number) {
      return count(number, path + ".extension(statistik)." + name);
    }
    throw Refusals.report(path + ".extension(statistik)." + name, "is missing");
  }

  private @Nullable BigDecimal quantity(Extension statistics, String name, boolean expected) {
    Extension part = statistics.getExtensionByUrl(name);
    BigDecimal value = null;
    if (part != null && part.getValue() instanceof Quantity quantity && quantity.hasValue()) {
      value = quantity.getValue();
      String unit = MeasureElements.unit(defined).getCode();
      if (!quantity.hasCode() || !quantity.getCode().equals(unit)) {
        throw Refusals.report(path + ".extension(statistik)." + name, "must be in " + unit);
      }
    }
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
      Extension reason = one.getExtensionByUrl("reason");
      Extension count = one.getExtensionByUrl("count");
      if (reason == null
          || !(reason.getValue() instanceof PrimitiveType<?> code)
          || count == null
          || !(count.getValue() instanceof IntegerType number)
          || found.put(code.getValueAsString(), count(number, path + ".extension(bortfall)"))
              != null) {
        throw Refusals.report(
            path + ".extension(bortfall)", "must have a reason and a count, each reason once");
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
        throw Refusals.report(
            place + ".stratum",
            "sums to " + sum + " in population " + p + ", not to " + populations.get(p));
      }
    }
  }

  private static String code(MeasureGroupStratifierComponent stratifier) {
    return MeasureElements.code(stratifier).getCodingFirstRep().getCode();
  }
}
