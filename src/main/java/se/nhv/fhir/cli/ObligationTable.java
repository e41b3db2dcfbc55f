package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import se.nhv.fhir.reporting.obligation.Obligation;
import se.nhv.fhir.reporting.obligation.Rates;

/** Obligations in rows, and how many units have handed in by area and year. */
final class ObligationTable {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  private ObligationTable() {}

  /**
   * Prints them.
   *
   * @param today decides who is late
   */
  static void print(List<Obligation> obligations, LocalDate today, PrintWriter out) {
    if (obligations.isEmpty()) {
      out.println("Inget redovisas.");
      return;
    }
    TextTable table =
        new TextTable(
            List.of("Enhet", "Område", "År", "Läge", "Sista dag", "Försenad", "Inlämnad", ""));
    for (Obligation each : obligations) {
      table.add(
          List.of(
              each.unit().hsaId(),
              each.area().code(),
              each.year().toString(),
              each.state().display(),
              each.due().toString(),
              each.isLate(today) ? "ja" : "",
              each.submitted().map(ObligationTable::day).orElse(""),
              each.returned().map(why -> "återlämnad: " + why).orElse("")));
    }
    table.print(out);
    out.println();
    TextTable rates =
        new TextTable(List.of("Område", "År", "Inlämnade", "I tid", "Mottagna", "Av enheter"));
    for (Rates each : Rates.of(obligations)) {
      rates.add(
          List.of(
              each.area().code(),
              each.year().toString(),
              Integer.toString(each.submitted()),
              Integer.toString(each.onTime()),
              Integer.toString(each.accepted()),
              Integer.toString(each.expected())));
    }
    rates.print(out);
  }

  private static String day(Instant instant) {
    return instant.atZone(STOCKHOLM).toLocalDate().toString();
  }
}
