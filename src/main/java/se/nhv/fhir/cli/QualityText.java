package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.util.List;
import org.hl7.fhir.r4.model.Measure;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.quality.DataRule;
import se.nhv.fhir.intake.quality.DataRules;
import se.nhv.fhir.intake.quality.Severity;
import se.nhv.fhir.run.MeasureQuality;
import se.nhv.fhir.run.QualityLine;
import se.nhv.fhir.run.QualityReport;

/** A unit's data errors as text of at most 100 columns. */
final class QualityText {

  private static final int COLUMNS = 100;
  private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

  private final DataRules rules;
  private final boolean english;

  QualityText(Content content, boolean english) {
    this.rules = DataRules.of(content);
    this.english = english;
  }

  /** By Measure, then what touches none, then what to do about each rule. */
  void print(QualityReport report, PrintWriter out) {
    for (MeasureQuality quality : report.measures()) {
      Measure measure = quality.measure().resource();
      wrap(
          "",
          measure.getIdentifierFirstRep().getValue()
              + " "
              + title(measure)
              + " ("
              + quality.measure().reference().id()
              + ")",
          out);
      lines(quality.lines(), out);
    }
    if (!report.untied().isEmpty()) {
      out.println(say("Berör inget mått", "Touches no Measure"));
      lines(report.untied(), out);
    }
    List<DataRule> broken =
        report.facts().stream()
            .map(it -> it.fact().rule())
            .distinct()
            .sorted()
            .map(rules::of)
            .toList();
    if (!broken.isEmpty()) {
      out.println();
      out.println(say("Vad man gör åt det", "What to do about it"));
    }
    for (DataRule rule : broken) {
      DataRule.Words words = rule.words(english);
      wrap("  ", words.display() + " (" + rule.code() + "): " + words.remedy(), out);
    }
    out.println();
    long warnings = report.facts().size() - report.errors();
    out.printf(
        say("%d fel, %d varningar%n", "%d errors, %d warnings%n"), report.errors(), warnings);
  }

  private void lines(List<QualityLine> lines, PrintWriter out) {
    if (lines.isEmpty()) {
      out.println("    " + say("inget att anmärka", "nothing to remark"));
    }
    for (QualityLine line : lines) {
      wrap(line.severity() == Severity.ERROR ? "  ! " : "    ", line.text(english), out);
    }
  }

  private String title(Measure measure) {
    var translation = measure.getTitleElement().getExtensionByUrl(TRANSLATION);
    return english && translation != null
        ? translation.getExtensionString("content")
        : measure.getTitle();
  }

  private String say(String inSwedish, String inEnglish) {
    return english ? inEnglish : inSwedish;
  }

  /** Breaks between words; what follows on the first line is set in. */
  private static void wrap(String lead, String text, PrintWriter out) {
    StringBuilder line = new StringBuilder(lead);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        out.println(line);
        line.setLength(0);
        line.append("      ");
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.println(line);
  }
}
