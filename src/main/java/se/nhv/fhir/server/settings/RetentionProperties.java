package se.nhv.fhir.server.settings;

import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long patient data are kept, under {@code nhv.retention}.
 *
 * @param afterFinal how long after 31 March of a reporting year whose reports are all handed in,
 *     and none returned, the data behind them stay, as an ISO 8601 period; absent: for ever
 * @param schedule when what may go is deleted: a cron expression of five fields in Europe/Stockholm
 * @param units the areas of each unit; a unit that is not named has those of its endpoints, or all
 */
public record RetentionProperties(
    @Nullable Period afterFinal,
    @DefaultValue("30 3 * * *") String schedule,
    @DefaultValue List<UnitAreas> units) {

  /** Copies the list. */
  public RetentionProperties {
    units = List.copyOf(units);
  }

  /**
   * The areas for which a unit has a permit, {@code nhv.retention.units[n]}.
   *
   * @param unit its HSA-id
   * @param areas their codes, for example {@code net}
   */
  public record UnitAreas(@DefaultValue("") String unit, @DefaultValue List<String> areas) {}
}
