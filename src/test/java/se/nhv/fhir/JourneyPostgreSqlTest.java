package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;

/** The store in production gives the same figures. */
class JourneyPostgreSqlTest {

  @Test
  void theFiguresOnPostgreSqlAreThoseThatEvaluateGivesOfTheSameFiles() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Journey journey = Journey.on(postgres.getJdbcUrl("postgres", "postgres"), "postgres")) {
      journey.push();
      List<MeasureReport> reports = journey.report(1);
      assertThat(reports).hasSize(7);
      assertThat(Journey.groups(reports)).isEqualTo(journey.evaluated(1));
      assertThat(journey.report(1))
          .allSatisfy(report -> assertThat(report.getMeta().getVersionId()).isEqualTo("1"));
    }
  }
}
