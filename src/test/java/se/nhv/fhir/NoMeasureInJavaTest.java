package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Measure;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;

/** A Measure is files: nothing in the program may know one by name. */
class NoMeasureInJavaTest {

  @TestFactory
  Stream<DynamicTest> noSourceOfTheProgramNamesTheMeasure() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).hasSizeGreaterThan(100);
    return Content.packed().measures().stream()
        .map(m -> DynamicTest.dynamicTest(m.reference().id(), () -> assertUnnamed(m, sources)));
  }

  private static void assertUnnamed(MeasureDefinition measure, List<Path> sources)
      throws IOException {
    Set<String> names = namesOf(measure.resource());
    String words = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    // A printed id is as short as B1: it counts where it stands alone in a text or opens a define.
    String printed = printedIds(measure.resource()).collect(Collectors.joining("|"));
    Pattern named =
        Pattern.compile(
            "\\b(?:" + words + ")\\b|\"(?:" + printed + ")(?:\"| [A-Z])",
            Pattern.UNICODE_CHARACTER_CLASS);
    assertThat(names).contains(measure.reference().name());
    for (Path source : sources) {
      assertThat(named.matcher(Files.readString(source)).results().map(r -> r.group()))
          .as("%s names a Measure: what is counted belongs in measures-fhir", source)
          .isEmpty();
    }
  }

  /** Name, id, Swedish title and every define that the Measure points at. */
  private static Set<String> namesOf(Measure measure) {
    Set<String> names = new TreeSet<>();
    names.add(measure.getName());
    names.add(measure.getIdElement().getIdPart());
    names.add(measure.getTitle());
    names.addAll(MeasureElements.criteria(measure));
    return names;
  }

  private static Stream<String> printedIds(Measure measure) {
    return measure.getIdentifier().stream().map(Identifier::getValue).map(Pattern::quote);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of("src/main"))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
