package se.nhv.fhir.publication;

import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.measure.Canonicals;

/** The cells of one group of a summary report. What is not counted (bortfall) has none. */
record ReportedGroup(ReportKey report, MeasureReportGroupComponent group) {

  static final String ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  /** The code of the group. */
  String code() {
    return code(group.getCode());
  }

  /** An IntegerType or Quantity by cell; either may be without value. */
  SortedMap<CellKey, Element> cells() {
    SortedMap<CellKey, Element> cells = new TreeMap<>();
    CellKey whole = new CellKey(report, code(), "", "", "");
    group
        .getPopulation()
        .forEach(p -> cells.put(whole.with(code(p.getCode())), p.getCountElement()));
    boolean proportion = cells.containsKey(whole.with(CellKey.DENOMINATOR));
    if (proportion) {
      cells.put(whole.with(CellKey.SCORE), group.getMeasureScore());
    }
    for (Extension statistics :
        group.getExtensionsByUrl(Canonicals.structureDefinition("statistik"))) {
      for (Extension part : statistics.getExtension()) {
        cells.put(whole.with(part.getUrl()), part.getValue());
      }
    }
    for (MeasureReportGroupStratifierComponent stratifier : group.getStratifier()) {
      String name = code(stratifier.getCodeFirstRep());
      for (StratifierGroupComponent stratum : stratifier.getStratum()) {
        CellKey place = whole.in(name, code(stratum.getValue()));
        stratum
            .getPopulation()
            .forEach(p -> cells.put(place.with(code(p.getCode())), p.getCountElement()));
        if (proportion && stratum.hasMeasureScore()) {
          cells.put(place.with(CellKey.SCORE), stratum.getMeasureScore());
        }
      }
    }
    return cells;
  }

  /**
   * The exact figure of a cell.
   *
   * @throws IllegalArgumentException if it is masked, or a count that is missing without a reason
   */
  static Figure figure(CellKey key, Element element) {
    if (element instanceof Quantity quantity && quantity.getValue() != null) {
      return new Figure(quantity.getValue(), unit(quantity));
    }
    if (element instanceof IntegerType integer && integer.getValue() != null) {
      return Figure.count(integer.getValue());
    }
    String reason = absentReason(element);
    if (reason.equals("masked") || (reason.isEmpty() && key.isCount())) {
      throw new IllegalArgumentException(
          "there is no exact figure for " + key + "; only exact reports can be published");
    }
    return Figure.NONE;
  }

  /** The UCUM code of a quantity, or empty. */
  static String unit(Quantity quantity) {
    return quantity.getCode() == null ? "" : quantity.getCode();
  }

  /** Why an element has no value, or empty. */
  static String absentReason(Element element) {
    Extension reason = element.getExtensionByUrl(ABSENT_REASON);
    return reason == null ? "" : reason.getValue().primitiveValue();
  }

  private static String code(CodeableConcept concept) {
    String code = concept.getCodingFirstRep().getCode();
    if (code == null) {
      throw new IllegalArgumentException(
          "a report has a group, population or stratum without code");
    }
    return code;
  }
}
