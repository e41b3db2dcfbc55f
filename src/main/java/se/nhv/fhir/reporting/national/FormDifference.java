package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;

/**
 * Finds what in a report differs from the report that was written anew from its figures. The id and
 * meta of the report do not count, nor the order of extensions and strata; a text that only shows a
 * code may be left out; numbers are equal when 11 digits are (report contract: at least 12 are
 * written).
 */
final class FormDifference {

  private static final BigDecimal NEAR = new BigDecimal("1e-11");
  private static final Set<String> SHOWN = Set.of("display", "unit");

  private FormDifference() {}

  /** The place of the first difference; empty if there is none. */
  static Optional<String> between(MeasureReport given, MeasureReport anew) {
    MeasureReport content = given.copy();
    content.setMeta(null).setIdElement(null);
    return between(content, anew, "MeasureReport");
  }

  private static Optional<String> between(Base given, Base anew, String path) {
    if (!given.fhirType().equals(anew.fhirType())) {
      return Optional.of(path);
    }
    if (given instanceof PrimitiveType<?> it && anew instanceof PrimitiveType<?> other) {
      return isSame(it, other) ? Optional.empty() : Optional.of(path);
    }
    List<Property> children = given.children();
    for (int i = 0; i < children.size(); i++) {
      Optional<String> found = between(children.get(i), anew.children().get(i), path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> between(Property given, Property anew, String path) {
    String name = given.getName();
    String place = path + "." + name.replace("[x]", "");
    List<Base> values = sorted(given.getValues());
    List<Base> others = sorted(anew.getValues());
    if (values.isEmpty() && SHOWN.contains(name)) {
      return Optional.empty();
    }
    if (values.size() != others.size()) {
      return Optional.of(place);
    }
    for (int i = 0; i < values.size(); i++) {
      Optional<String> found =
          between(values.get(i), others.get(i), place + index(given, others.get(i), i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String index(Property property, Base anew, int i) {
    if (anew instanceof Extension extension) {
      return "(" + extension.getUrl().replaceFirst(".*/", "") + ")";
    }
    boolean one = property.getMaxCardinality() == 1 || anew instanceof StratifierGroupComponent;
    return one ? "" : "[" + i + "]";
  }

  private static List<Base> sorted(List<Base> values) {
    return values.stream().sorted(Comparator.comparing(FormDifference::order)).toList();
  }

  private static String order(Base value) {
    if (value instanceof StratifierGroupComponent stratum) {
      return String.valueOf(stratum.getValue().getCodingFirstRep().getCode());
    }
    if (value instanceof Extension extension) {
      return extension.getExtension().stream()
          .filter(part -> "reason".equals(part.getUrl()) && part.hasValue())
          .map(part -> extension.getUrl() + "|" + part.getValue().primitiveValue())
          .findFirst()
          .orElse(extension.getUrl());
    }
    return "";
  }

  /** What is written anew has no extension on a value. */
  private static boolean isSame(PrimitiveType<?> given, PrimitiveType<?> anew) {
    if (given.hasExtension() || !given.hasValue()) {
      return false;
    }
    if (given instanceof DecimalType number && anew instanceof DecimalType other) {
      BigDecimal difference = number.getValue().subtract(other.getValue()).abs();
      return difference.compareTo(other.getValue().abs().multiply(NEAR)) <= 0;
    }
    return String.valueOf(given.getValueAsString()).equals(anew.getValueAsString());
  }
}
