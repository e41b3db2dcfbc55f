package se.nhv.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Measure;
import se.nhv.fhir.content.MeasureDefinition;

/**
 * The readings that several Measures of one document have word for word: told once, linked from
 * each.
 *
 * @param anchor the anchor of the document's section
 * @param readings the shared readings, each a line of Markdown
 */
record SharedReadings(String anchor, List<String> readings) {

  static SharedReadings of(String anchor, List<MeasureDefinition> measures) {
    Map<String, Long> uses =
        measures.stream()
            .flatMap(m -> of(m.resource()).stream())
            .collect(Collectors.groupingBy(r -> r, LinkedHashMap::new, Collectors.counting()));
    uses.values().removeIf(count -> count < 2);
    return new SharedReadings(anchor, List.copyOf(uses.keySet()));
  }

  /** The readings of a Measure, without the mark of the list. */
  static List<String> of(Measure measure) {
    List<String> readings = new ArrayList<>();
    for (String line : measure.getGuidance().split("\n", -1)) {
      if (!line.startsWith("- **")) {
        throw new IllegalStateException(
            measure.getId() + ": guidance is a list with headings: " + line);
      }
      readings.add(line.substring(2));
    }
    return readings;
  }

  boolean isShared(String reading) {
    return readings.contains(reading);
  }

  /** A link to the shared reading, by its heading. */
  String link(String reading) {
    return "[%s](#%s)".formatted(heading(reading), anchor(reading));
  }

  /** The section that tells the shared readings. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("\n<a id=\"%s-lasningar\"></a>\n\n### Gemensamma läsningar\n\n".formatted(anchor));
    text.append("*Readings that several of these indicators share*\n\n");
    readings.forEach(r -> text.append("- <a id=\"%s\"></a>%s\n".formatted(anchor(r), r)));
    return text.toString();
  }

  private String anchor(String reading) {
    return anchor + "-lasning-" + (readings.indexOf(reading) + 1);
  }

  private static String heading(String reading) {
    return reading.substring(2, reading.indexOf("**", 2)).replaceFirst("\\.$", "");
  }
}
