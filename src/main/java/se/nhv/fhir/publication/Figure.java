package se.nhv.fhir.publication;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact figure.
 *
 * @param value the figure, or null if there was nothing of which to work it out
 * @param unit its UCUM unit, or empty
 */
record Figure(@Nullable BigDecimal value, String unit) {

  static final Figure NONE = new Figure(null, "");
  static final Figure ZERO = count(0);

  static Figure count(long count) {
    return new Figure(BigDecimal.valueOf(count), "");
  }
}
