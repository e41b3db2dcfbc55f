package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.run.NothingOwedException;
import se.nhv.fhir.run.OwedMeasures;

/**
 * What each area owes in each reporting year, written down by hand from the documents' words under
 * Inrapportering: area, reporting year, measurement period, version, printed ids. An area has a
 * line for each period; bbc is a proposal, and its lines are what a request would get.
 */
class ReportingCalendarTest {

  private static final String CALENDAR =
      """
      net 2023 nothing
      net 2024 2023-04-01..2023-12-31 1.0.0 B1 B2 B3 Ö1 P1 R1 T1
      net 2025 2024-01-01..2024-12-31 2.0.0 B1 B2 B3 Ö1 P1 R1 T1
      net 2026 2025-01-01..2025-12-31 2.0.0 B1 B2 B3 Ö1 P1 R1 T1
      net 2027 2026-01-01..2026-12-31 2.0.0 B1 B2 B3 Ö1 P1 R1 T1
      net 2028 2027-01-01..2027-12-31 2.0.0 B1 B2 B3 Ö1 P1 R1 T1
      abk 2023 nothing
      abk 2024 nothing
      abk 2025 2024-07-01..2024-12-31 1.0.0 B1 B2 B3 B4 Ö1 R1 R2 T1
      abk 2026 2024-07-01..2024-12-31 1.0.0 P1
      abk 2026 2025-01-01..2025-12-31 1.0.0 B1 B2 B3 B4 Ö1 R1 R2 T1
      abk 2027 2025-01-01..2025-12-31 1.0.0 P1
      abk 2027 2026-01-01..2026-12-31 1.0.0 B1 B2 B3 B4 Ö1 R1 R2 T1
      abk 2028 2026-01-01..2026-12-31 1.0.0 P1
      abk 2028 2027-01-01..2027-12-31 1.0.0 B1 B2 B3 B4 Ö1 R1 R2 T1
      sct 2023 nothing
      sct 2024 2023-01-01..2023-12-31 1.0.0 B1 B2 B3 B4 Ö1 T1 T2
      sct 2025 2023-01-01..2023-12-31 1.0.0 R1
      sct 2025 2024-01-01..2024-12-31 1.0.0 B1 B2 B3 B4 Ö1 P1 T1 T2
      sct 2026 2023-01-01..2023-12-31 1.0.0 R2
      sct 2026 2024-01-01..2024-12-31 1.0.0 R1
      sct 2026 2025-01-01..2025-12-31 1.0.0 B1 B2 B3 B4 Ö1 P1 T1 T2
      sct 2027 2024-01-01..2024-12-31 1.0.0 R2
      sct 2027 2025-01-01..2025-12-31 1.0.0 R1
      sct 2027 2026-01-01..2026-12-31 1.0.0 B1 B2 B3 B4 Ö1 P1 T1 T2
      sct 2028 2025-01-01..2025-12-31 1.0.0 R2
      sct 2028 2026-01-01..2026-12-31 1.0.0 R1
      sct 2028 2027-01-01..2027-12-31 1.0.0 B1 B2 B3 B4 Ö1 P1 T1 T2
      bbc 2023 2021-01-01..2021-12-31 0.1.0 E1 E2 P1 P2 R1
      bbc 2023 2022-01-01..2022-12-31 0.1.0 B1 B2 B3 B4 R2 T1 T2
      bbc 2024 2022-01-01..2022-12-31 0.1.0 E1 E2 P1 P2 R1
      bbc 2024 2023-01-01..2023-12-31 0.1.0 B1 B2 B3 B4 R2 T1 T2
      bbc 2025 2023-01-01..2023-12-31 0.1.0 E1 E2 P1 P2 R1
      bbc 2025 2024-01-01..2024-12-31 0.1.0 B1 B2 B3 B4 R2 T1 T2
      bbc 2026 2024-01-01..2024-12-31 0.1.0 E1 E2 P1 P2 R1
      bbc 2026 2025-01-01..2025-12-31 0.1.0 B1 B2 B3 B4 R2 T1 T2
      bbc 2027 2025-01-01..2025-12-31 0.1.0 E1 E2 P1 P2 R1
      bbc 2027 2026-01-01..2026-12-31 0.1.0 B1 B2 B3 B4 R2 T1 T2
      bbc 2028 2026-01-01..2026-12-31 0.1.0 E1 E2 P1 P2 R1
      bbc 2028 2027-01-01..2027-12-31 0.1.0 B1 B2 B3 B4 R2 T1 T2
      """;

  private static final Content CONTENT = Content.packed();

  @Test
  void eachAreaOwesInEachYearWhatItsDocumentSays() {
    String calendar =
        Stream.of("net", "abk", "sct", "bbc")
            .flatMap(area -> IntStream.rangeClosed(2023, 2028).mapToObj(year -> owed(area, year)))
            .collect(Collectors.joining());
    assertThat(calendar).isEqualTo(CALENDAR);
  }

  @Test
  void aProposalIsComputedOnRequestAndNeverOwed() {
    assertThat(CONTENT.measures())
        .filteredOn(m -> m.area().code().equals("bbc"))
        .isNotEmpty()
        .noneMatch(
            m ->
                IntStream.rangeClosed(2019, 2100)
                    .anyMatch(year -> m.schedule().isOwed(new ReportingYear(year))));
  }

  private static String owed(String area, int year) {
    String start = area + " " + year + " ";
    try {
      Map<String, String> byPeriod =
          new OwedMeasures(CONTENT)
                  .request(new Area(area), new ReportingYear(year), LocalDate.of(year, 3, 15))
                  .measures()
                  .stream()
                  .collect(
                      Collectors.groupingBy(
                          m -> m.period() + " " + m.measure().reference().version(),
                          TreeMap::new,
                          Collectors.mapping(
                              ReportingCalendarTest::printedId, Collectors.joining(" "))));
      return byPeriod.entrySet().stream()
          .map(period -> start + period.getKey() + " " + period.getValue() + "\n")
          .collect(Collectors.joining());
    } catch (NothingOwedException e) {
      return start + "nothing\n";
    }
  }

  private static String printedId(MeasureRequest request) {
    return request.measure().resource().getIdentifierFirstRep().getValue();
  }
}
