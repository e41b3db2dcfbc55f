package se.nhv.fhir.content;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;

/** Checks that the groups of a Measure can be evaluated: every criterion exists in its library. */
final class MeasureChecks {

  private static final Set<String> SCORINGS = Set.of("cohort", "proportion", "continuous-variable");

  private final Measure measure;
  private final TranslatedLibrary library;
  private final List<ContentFault> faults;
  private final String path;

  MeasureChecks(Measure measure, TranslatedLibrary library, List<ContentFault> faults) {
    this.measure = measure;
    this.library = library;
    this.faults = faults;
    this.path = ResourceReader.path(measure);
  }

  void check() {
    if (!measure.hasGroup()) {
      checkReason();
      return;
    }
    if (!SCORINGS.contains(measure.getScoring().getCodingFirstRep().getCode())) {
      fault("Measure.scoring", "must be one of " + SCORINGS.stream().sorted().toList());
    }
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < measure.getGroup().size(); i++) {
      MeasureGroupComponent group = measure.getGroup().get(i);
      String place = "Measure.group[" + i + "]";
      String code = MeasureElements.code(group);
      if (code.isEmpty() || !codes.add(code)) {
        fault(place + ".code", "each group needs a code of its own in grupp");
      }
      checkGroup(group, place);
    }
  }

  /** A development indicator may be without content, if it says why. */
  private void checkReason() {
    if (MeasureElements.whyNotComputable(measure).isEmpty()) {
      fault("Measure.group", "is missing, and no extension utan-innehall says why");
    }
  }

  private void checkGroup(MeasureGroupComponent group, String place) {
    if (MeasureElements.basis(group).isEmpty()) {
      fault(place, "names no population basis (cqfm-populationBasis)");
    }
    boolean ofItems = !MeasureElements.isBooleanBasis(group);
    for (MeasureGroupPopulationComponent population : group.getPopulation()) {
      String code = MeasureElements.code(population);
      boolean isObservation = code.equals("measure-observation");
      checkExpression(
          population.getCriteria(),
          place + ".population '" + code + "'",
          isObservation,
          ofItems ? 1 : 0);
    }
    for (MeasureGroupStratifierComponent stratifier : group.getStratifier()) {
      String where = place + ".stratifier '" + stratifier.getId() + "'";
      if (ofItems && stratifier.getComponent().size() != 1) {
        fault(where, "needs one component whose criteria names a function of the item");
      }
      if (stratifier.hasCode() && stratifier.hasComponent()) {
        fault(where, "has both code and component: with a component the code stands in it (mea-1)");
      }
      checkExpression(MeasureElements.criteria(stratifier), where, ofItems, 1);
    }
    for (Extension bortfall : MeasureElements.bortfall(group)) {
      checkBortfall(bortfall, place + " bortfallskriterium");
    }
  }

  private void checkBortfall(Extension bortfall, String place) {
    Extension criteria = bortfall.getExtensionByUrl("criteria");
    if (criteria != null
        && criteria.getValue() instanceof Expression expression
        && bortfall.hasExtension("reason")) {
      checkExpression(expression, place, false, 0);
    } else {
      fault(place, "needs a reason and a criteria");
    }
  }

  private void checkExpression(Expression criteria, String place, boolean function, int operands) {
    String name = criteria.getExpression();
    if (function && !library.hasFunction(name, operands)) {
      fault(place, "'" + name + "' is no function of " + operands + " operands in " + library.id());
    }
    if (!function && !library.hasExpression(name)) {
      fault(place, "'" + name + "' is no definition in " + library.id());
    }
  }

  private void fault(String place, String problem) {
    faults.add(new ContentFault(path, place, problem));
  }
}
