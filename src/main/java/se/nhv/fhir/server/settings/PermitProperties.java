package se.nhv.fhir.server.settings;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A unit's permit for an area of national highly specialised care, {@code nhv.permits[n]}. From
 * these follows who owes reports, and which units Riket is to hold.
 *
 * @param unit the HSA-id of the unit
 * @param area the code of the area, for example {@code net}
 * @param from its first day
 * @param to its last day; absent while it is in force
 */
public record PermitProperties(
    @DefaultValue("") String unit,
    @DefaultValue("") String area,
    @Nullable LocalDate from,
    @Nullable LocalDate to) {}
