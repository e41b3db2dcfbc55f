package se.nhv.fhir.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** When a resource was last changed, as its source says it. */
final class SourceTime {

  private SourceTime() {}

  /** Its meta.lastUpdated with all its decimals; null if it has none. */
  static @Nullable Instant of(Resource resource) {
    if (!resource.hasMeta() || !resource.getMeta().hasLastUpdated()) {
      return null;
    }
    InstantType lastUpdated = resource.getMeta().getLastUpdatedElement();
    try {
      return OffsetDateTime.parse(lastUpdated.getValueAsString()).toInstant();
    } catch (DateTimeException e) { // more decimals than nanoseconds, or a second 60
      Date value = lastUpdated.getValue();
      return value == null ? null : value.toInstant();
    }
  }
}
