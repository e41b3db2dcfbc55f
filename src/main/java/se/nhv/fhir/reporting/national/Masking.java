package se.nhv.fhir.reporting.national;

import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;

/** Finds cells that were hidden from a report (data-absent-reason {@code masked}). */
final class Masking {

  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private Masking() {}

  /** Whether any cell of the report is hidden: then it says less than the unit knows. */
  static boolean isIn(MeasureReport report) {
    return isInElement(report);
  }

  private static boolean isInElement(Base element) {
    if (element instanceof Extension extension
        && ABSENT.equals(extension.getUrl())
        && extension.getValue() instanceof PrimitiveType<?> reason
        && "masked".equals(reason.getValueAsString())) {
      return true;
    }
    if (element instanceof PrimitiveType<?> primitive) {
      return primitive.getExtension().stream().anyMatch(Masking::isInElement);
    }
    for (Property property : element.children()) {
      if (property.getValues().stream().anyMatch(Masking::isInElement)) {
        return true;
      }
    }
    return false;
  }
}
