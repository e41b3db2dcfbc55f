package se.nhv.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingSchedule;

/** What the catalogue says of one indicator. */
final class CatalogueEntry {

  private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

  private final Content content;
  private final MeasureDefinition definition;
  private final Measure measure;
  private final SharedReadings shared;

  CatalogueEntry(Content content, MeasureDefinition definition, SharedReadings shared) {
    this.content = content;
    this.definition = definition;
    this.measure = definition.resource();
    this.shared = shared;
  }

  static String anchor(String measureId) {
    return measureId.toLowerCase(Locale.ROOT);
  }

  /** The row in the table of contents of its document. */
  String row() {
    return "| %s | [%s](#%s) | %s | %s | %s |\n"
        .formatted(
            printedId(),
            measure.getTitle(),
            anchor(definition.reference().id()),
            english(measure.getTitleElement()),
            measure.hasGroup() ? basis(MeasureElements.basis(measure.getGroupFirstRep())) : "–",
            direction());
  }

  /** The section of the indicator. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("\n<a id=\"%s\"></a>\n\n".formatted(anchor(definition.reference().id())));
    text.append("### %s\n\n".formatted(heading()));
    text.append("*%s*\n\n".formatted(english(measure.getTitleElement())));
    if (measure.hasDescription()) {
      text.append("> %s\n\n".formatted(measure.getDescription()));
    }
    facts().forEach(fact -> text.append("- ").append(fact).append('\n'));
    if (measure.hasGroup()) {
      text.append("\n**What is counted**\n\n");
      measure.getGroup().forEach(group -> text.append(group(group)));
    }
    List<String> bortfall = measure.getGroup().stream().flatMap(g -> bortfall(g).stream()).toList();
    if (!bortfall.isEmpty()) {
      text.append("\n**Reported as bortfall**\n\n");
      bortfall.forEach(text::append);
    }
    return text.append(readings()).toString();
  }

  private String heading() {
    return "%s %s · %s %s"
        .formatted(
            definition.area().code().toUpperCase(Locale.ROOT),
            definition.reference().version(),
            printedId(),
            measure.getTitle());
  }

  private List<String> facts() {
    List<String> facts = new ArrayList<>();
    String id = definition.reference().id();
    String area = definition.area().code();
    facts.add(
        "**Measure:** [`%s`](input/resources/measure/%s/%s.json)"
            .formatted(definition.reference().canonical(), area, id));
    facts.add("**Category:** " + String.join(", ", distinct("kategori", "mattyp")));
    if (measure.hasGroup()) {
      facts.add("**Scoring:** `" + scoring() + "`");
      facts.add("**Basis:** " + bases());
      facts.add("**Unit:** " + unit() + document("matenhet"));
      facts.add("**Direction:** " + direction() + document("riktning"));
      facts.add("**Strata:** " + strata());
    } else {
      facts.add("**Not computed:** " + MeasureElements.whyNotComputable(measure));
    }
    facts.add("**Reported:** " + schedule());
    facts.add(
        "**CQL:** [%s.cql](input/cql/%s/%s.cql)"
            .formatted(definition.libraryId(), area, definition.libraryId()));
    if (measure.hasGroup()) {
      facts.add("**Cases worked out by hand:** [%s](input/tests/Measure/%s)".formatted(id, id));
    }
    return facts;
  }

  private String scoring() {
    return measure.getScoring().getCodingFirstRep().getCode();
  }

  private String bases() {
    List<String> bases =
        measure.getGroup().stream().map(MeasureElements::basis).distinct().toList();
    return bases.stream()
        .map(basis -> basis(basis) + " (`" + basis + "`)")
        .collect(Collectors.joining(", "));
  }

  private static String basis(String basis) {
    return switch (basis) {
      case "boolean" -> "patients";
      case "Procedure" -> "procedures";
      case "Encounter" -> "stays";
      case "ServiceRequest" -> "requests";
      default -> throw new IllegalStateException("basis " + basis);
    };
  }

  private String unit() {
    Coding unit = MeasureElements.unit(measure.getGroupFirstRep());
    String code = unit.hasCode() ? unit.getCode() : "";
    return switch (code) {
      case "" -> scoring().equals("proportion") ? "a share from 0 to 1" : "a number";
      case "d" -> "days (`d`)";
      case "a" -> "years (`a`)";
      default -> "`" + code + "`";
    };
  }

  private String direction() {
    if (!measure.hasImprovementNotation()) {
      return "none named";
    }
    boolean isHigh =
        measure.getImprovementNotation().getCodingFirstRep().getCode().equals("increase");
    String reading = texts("riktning").isEmpty() ? " (our reading)" : "";
    return (isHigh ? "high is good" : "low is good") + reading;
  }

  private String document(String field) {
    List<String> texts = texts(field);
    return texts.isEmpty() ? "" : "; in the document: *" + texts.get(0) + "*";
  }

  private String strata() {
    String strata =
        measure.getGroup().stream()
            .flatMap(g -> g.getStratifier().stream())
            .map(
                s -> {
                  Coding code = s.getCode().getCodingFirstRep();
                  return "%s `%s` (\"%s\")"
                      .formatted(
                          code.getDisplay(),
                          code.getCode(),
                          MeasureElements.criteria(s).getExpression());
                })
            .collect(Collectors.joining(", "));
    return strata.isEmpty() ? "none" : strata;
  }

  private String schedule() {
    ReportingSchedule schedule = definition.schedule();
    ReportingSchedule.FirstReport first = schedule.first();
    String usual =
        switch (schedule.lag()) {
          case 1 -> "for the calendar year before";
          case 2 -> "for the calendar year two years before";
          case 3 -> "for the calendar year three years before";
          default -> throw new IllegalStateException(measure.getId() + ": " + schedule);
        };
    if (!measure.hasGroup()) {
      return "never";
    }
    if (first == null) {
      return "never owed, being a proposal; on request for any reporting year, " + usual;
    }
    if (first.year().equals(schedule.last())) {
      return "once, in March " + first.year() + ", for " + first.period();
    }
    boolean isUsual =
        first
            .period()
            .equals(MeasurementPeriod.calendarYear(first.year().value() - schedule.lag()));
    String exception = isUsual ? "" : "; the first time for " + first.period();
    return "every March from " + first.year() + ", " + usual + exception;
  }

  private String group(MeasureGroupComponent group) {
    String defines =
        group.getPopulation().stream()
            .map(
                p ->
                    "%s `\"%s\"`"
                        .formatted(MeasureElements.code(p), p.getCriteria().getExpression()))
            .collect(Collectors.joining(", "));
    return "- **%s** (`%s`): %s\n  <br>*%s*\n  <br>%s\n"
        .formatted(
            group.getCode().getCodingFirstRep().getDisplay(),
            MeasureElements.code(group),
            group.getDescription(),
            english(group.getDescriptionElement()),
            defines);
  }

  private List<String> bortfall(MeasureGroupComponent group) {
    String where = measure.getGroup().size() > 1 ? ", " + MeasureElements.code(group) : "";
    return MeasureElements.bortfall(group).stream()
        .map(
            criterion -> {
              String reason = criterion.getExtensionString("reason");
              Expression criteria = (Expression) criterion.getExtensionByUrl("criteria").getValue();
              return "- **%s** (`%s`%s): %s\n  <br>*%s*\n  <br>`\"%s\"`\n"
                  .formatted(
                      CataloguePage.concept(content, "bortfall", reason).getDisplay(),
                      reason,
                      where,
                      criteria.getDescription(),
                      english(criteria.getDescriptionElement()),
                      criteria.getExpression());
            })
        .toList();
  }

  private String readings() {
    List<String> readings = SharedReadings.of(measure);
    StringBuilder text = new StringBuilder();
    text.append("\n<details><summary>Läsningar (%d)</summary>\n\n".formatted(readings.size()));
    readings.stream()
        .filter(r -> !shared.isShared(r))
        .forEach(r -> text.append("- ").append(r).append('\n'));
    String links =
        readings.stream()
            .filter(shared::isShared)
            .map(shared::link)
            .collect(Collectors.joining(" · "));
    if (!links.isEmpty()) {
      text.append("- Gemensamma: ").append(links).append('\n');
    }
    return text.append("\n</details>\n").toString();
  }

  private String printedId() {
    return measure.getIdentifierFirstRep().getValue();
  }

  private List<String> distinct(String... fields) {
    return List.of(fields).stream().flatMap(f -> texts(f).stream()).distinct().toList();
  }

  private List<String> texts(String field) {
    return measure.getExtensionsByUrl(Canonicals.structureDefinition(field)).stream()
        .map(Extension::getValue)
        .map(value -> value.primitiveValue())
        .toList();
  }

  private static String english(Element text) {
    return text.getExtensionByUrl(TRANSLATION).getExtensionString("content");
  }
}
