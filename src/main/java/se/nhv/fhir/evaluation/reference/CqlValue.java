package se.nhv.fhir.evaluation.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.cql.engine.execution.ExpressionResult;

/** Reads the engine's values as counts, items, numbers and codes. */
final class CqlValue {

  /** Stands for a null of CQL where Java wants a value. */
  static final Object NULL = new Object();

  private CqlValue() {}

  static Object of(@Nullable ExpressionResult result) {
    Object value = result == null ? null : result.getValue();
    return value == null ? NULL : value;
  }

  /** Whether it is true; null counts as false (CQL populations). */
  static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value);
  }

  /** The items of a list, each resource once. */
  static List<Object> items(Object value) {
    if (!(value instanceof Iterable<?> list)) {
      return List.of();
    }
    Map<Object, Object> items = new LinkedHashMap<>();
    for (Object item : list) {
      if (item != null) {
        items.putIfAbsent(
            item instanceof Resource r ? r.fhirType() + "/" + r.getIdPart() : item, item);
      }
    }
    return new ArrayList<>(items.values());
  }

  /** How many it stands for: a boolean one or none, a list its length. */
  static int count(Object value) {
    return value instanceof Boolean ? (isTrue(value) ? 1 : 0) : items(value).size();
  }

  /** The number of a measure-observation. */
  static BigDecimal number(String expression, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    throw new IllegalStateException(
        "'" + expression + "' gave no number for a case in the measure population");
  }
}
