package se.nhv.fhir.intake.quality;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * KVÅ, ATC and ICD codes agree with what the unit says was done under the permit. The table is
 * content; where it says nothing there is no opinion.
 */
final class CodesPlausible implements Rule {

  static final String IMPLAUSIBLE = "kod-osannolik";
  static final String UNMARKED = "atgard-saknas";

  private final Vocabulary vocabulary;

  CodesPlausible(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource procedure : chart.of("Procedure")) {
      boolean isPart = !procedure.references("partOf").isEmpty();
      if (!isPart && CountedStatus.counts(procedure)) {
        check(chart, procedure, findings);
      }
    }
  }

  private void check(Chart chart, ChartResource procedure, Findings findings) {
    Set<String> atgard = procedure.codes("category", Vocabulary.ATGARD);
    if (atgard.isEmpty()) {
      boolean hasParts =
          chart.of("Procedure").stream()
              .anyMatch(it -> Chart.lead(it.references("partOf"), procedure));
      if (!hasParts && isSuggested(procedure)) {
        findings.add(UNMARKED, procedure, "Procedure.category");
      }
      return;
    }
    if (atgard.stream().noneMatch(it -> vocabulary.has(Vocabulary.ATGARD, it))) {
      return; // told as an unknown code
    }
    List<ChartResource.Coded> done = known(vocabulary.atgard(), procedure, "code");
    if (!done.isEmpty() && done.stream().noneMatch(it -> fits(vocabulary.atgard(), it, atgard))) {
      findings.add(IMPLAUSIBLE, procedure, "Procedure.code");
    }
    Set<String> groups = groups(procedure, atgard);
    boolean reasonsFit =
        known(vocabulary.diagnosgrupp(), procedure, "reasonCode").stream()
            .allMatch(it -> fits(vocabulary.diagnosgrupp(), it, groups));
    if (!reasonsFit) {
      findings.add(IMPLAUSIBLE, procedure, "Procedure.reasonCode");
    }
  }

  /** The groups that are stated; if none is, all of the area. */
  private Set<String> groups(ChartResource procedure, Set<String> atgard) {
    Set<String> stated = procedure.codes("reasonCode", Vocabulary.DIAGNOSGRUPP);
    if (!stated.isEmpty()) {
      return stated;
    }
    Set<String> areas = areas(Vocabulary.ATGARD, atgard);
    return procedure.codings("reasonCode").stream()
        .flatMap(it -> vocabulary.diagnosgrupp().targets(it).stream())
        .filter(it -> areas(Vocabulary.DIAGNOSGRUPP, Set.of(it)).stream().anyMatch(areas::contains))
        .collect(Collectors.toSet());
  }

  private static List<ChartResource.Coded> known(
      Plausibility table, ChartResource procedure, String element) {
    return procedure.codings(element).stream().filter(table::knows).toList();
  }

  private static boolean fits(Plausibility table, ChartResource.Coded coded, Set<String> stated) {
    return table.targets(coded).stream().anyMatch(stated::contains);
  }

  /** Whether what was done and why each suggest care of one and the same area. */
  private boolean isSuggested(ChartResource procedure) {
    Set<String> done = new HashSet<>();
    procedure.codings("code").forEach(it -> done.addAll(vocabulary.atgard().suggests(it)));
    Set<String> why = new HashSet<>();
    procedure
        .codings("reasonCode")
        .forEach(it -> why.addAll(vocabulary.diagnosgrupp().suggests(it)));
    Set<String> areas = areas(Vocabulary.ATGARD, done);
    return areas(Vocabulary.DIAGNOSGRUPP, why).stream().anyMatch(areas::contains);
  }

  private Set<String> areas(String system, Set<String> codes) {
    return codes.stream()
        .flatMap(it -> vocabulary.property(system, it, "omrade").stream())
        .collect(Collectors.toSet());
  }
}
