package se.nhv.fhir.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.xml.namespace.QName;
import kotlin.Pair;
import org.hl7.elm.r1.NamedTypeSpecifier;
import org.hl7.elm.r1.VersionedIdentifier;
import org.junit.jupiter.api.Test;
import org.opencds.cqf.cql.engine.execution.CqlEngine;
import org.opencds.cqf.cql.engine.execution.Environment;
import org.opencds.cqf.cql.engine.execution.EvaluationExpressionRef;
import org.opencds.cqf.cql.engine.execution.EvaluationFunctionRef;
import org.opencds.cqf.cql.engine.execution.EvaluationParams;
import org.opencds.cqf.cql.engine.execution.EvaluationResult;
import org.opencds.cqf.cql.engine.runtime.Date;
import org.opencds.cqf.cql.engine.runtime.DateTime;
import se.nhv.fhir.content.Content;

/** The shared library's civil dates and order in time against the time zones of the JDK. */
class CivilDatesTest {

  private static final NamedTypeSpecifier DATE_TIME =
      new NamedTypeSpecifier().withName(new QName("urn:hl7-org:elm-types:r1", "DateTime"));
  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  private final Content content = Content.packed();
  private final VersionedIdentifier common = content.libraries().identifier("NHVCommon-1.0.0");
  private final CqlEngine engine = new CqlEngine(new Environment(content.libraries().manager()));

  @Test
  void everyHourAroundTheChangesOfTheClockHasTheDateThatTheJdkGives() {
    List<OffsetDateTime> moments = new ArrayList<>();
    for (int year = 2000; year <= 2040; year++) {
      for (int month : new int[] {3, 10}) {
        LocalDate end = LocalDate.of(year, month, 1).plusMonths(1);
        for (int hour = 0; hour < 24 * 8; hour += 5) {
          moments.add(end.minusDays(8).atTime(22, 59, 59).plusHours(hour).atOffset(ZoneOffset.UTC));
        }
      }
    }
    assertDates(moments);
  }

  @Test
  void anyMomentInAnyOffsetHasTheDateThatTheJdkGives() {
    SplittableRandom random = new SplittableRandom(20240701);
    List<OffsetDateTime> moments = new ArrayList<>();
    long from = OffsetDateTime.parse("1996-01-01T00:00:00Z").toEpochSecond();
    long to = OffsetDateTime.parse("2099-12-31T23:59:59Z").toEpochSecond();
    for (int i = 0; i < 3000; i++) {
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(900 * random.nextInt(-48, 57));
      moments.add(Instant.ofEpochSecond(random.nextLong(from, to)).atOffset(offset));
    }
    assertDates(moments);
  }

  @Test
  void aDateWithoutTimeStandsAtTheStartOfItsDay() {
    List<LocalDate> days = new ArrayList<>();
    for (int year : new int[] {1999, 2000, 2023, 2024, 2025, 2038}) {
      for (int day = 1; day <= LocalDate.of(year, 12, 31).getDayOfYear(); day++) {
        days.add(LocalDate.ofYearDay(year, day));
      }
    }
    List<DateTime> dates =
        days.stream()
            .map(
                d ->
                    new DateTime(
                        BigDecimal.ZERO, d.getYear(), d.getMonthValue(), d.getDayOfMonth()))
            .toList();
    List<Object> seconds = apply("instant", dates);
    for (int i = 0; i < days.size(); i++) {
      long expected =
          days.get(i).atStartOfDay(STOCKHOLM).toEpochSecond()
              - OffsetDateTime.parse("2000-01-01T00:00:00Z").toEpochSecond();
      assertThat(((BigDecimal) seconds.get(i)).longValueExact())
          .as(days.get(i).toString())
          .isEqualTo(expected);
    }
    List<Object> civil = apply("civilDate", dates);
    for (int i = 0; i < days.size(); i++) {
      assertThat(((Date) civil.get(i)).getDate()).isEqualTo(days.get(i));
    }
  }

  @Test
  void aMonthOrAYearIsNoDate() {
    List<DateTime> partial =
        List.of(new DateTime(BigDecimal.ZERO, 2024), new DateTime(BigDecimal.ZERO, 2024, 5));
    assertThat(apply("civilDate", partial)).containsOnlyNulls();
    assertThat(apply("instant", partial)).containsOnlyNulls();
  }

  private void assertDates(List<OffsetDateTime> moments) {
    List<DateTime> arguments = moments.stream().map(DateTime::new).toList();
    List<Object> dates = apply("civilDate", arguments);
    List<Object> seconds = apply("instant", arguments);
    long origin = OffsetDateTime.parse("2000-01-01T00:00:00Z").toEpochSecond();
    for (int i = 0; i < moments.size(); i++) {
      OffsetDateTime moment = moments.get(i);
      assertThat(((Date) dates.get(i)).getDate())
          .as(moment.toString())
          .isEqualTo(moment.atZoneSameInstant(STOCKHOLM).toLocalDate());
      assertThat(((BigDecimal) seconds.get(i)).longValueExact())
          .as(moment.toString())
          .isEqualTo(moment.toEpochSecond() - origin);
    }
  }

  /** The function of the shared library applied to each of the arguments. */
  private List<Object> apply(String function, List<DateTime> arguments) {
    List<EvaluationExpressionRef> refs = new ArrayList<>();
    arguments.forEach(
        a -> refs.add(new EvaluationFunctionRef(function, List.of(DATE_TIME), List.of(a))));
    EvaluationResult result =
        engine
            .evaluate(
                new EvaluationParams(
                    Map.of(common, refs),
                    new Pair<>("Patient", "nobody"),
                    Map.of(),
                    null,
                    OffsetDateTime.parse("2025-03-15T00:00:00+05:30").toZonedDateTime()))
            .getOnlyResultOrThrow();
    List<Object> values = new ArrayList<>();
    refs.forEach(ref -> values.add(Objects.requireNonNull(result.get(ref)).getValue()));
    return values;
  }
}
