package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;

/** The readable catalogue says what the Measures say. */
class CataloguePageTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");

  @Test
  void thePageIsWhatTheMeasuresSay() throws IOException {
    List<String> written = Files.readString(CataloguePage.FILE).lines().toList();
    List<String> current = new CataloguePage(Content.packed()).text().lines().toList();
    for (int i = 0; i < Math.max(written.size(), current.size()); i++) {
      String expected = i < current.size() ? current.get(i) : "(no more lines)";
      String found = i < written.size() ? written.get(i) : "(no more lines)";
      if (!expected.equals(found)) {
        fail(
            "%s is not what the Measures say, first in line %d:\n  %s\nwhich should be\n  %s\nWrite it with: %s"
                .formatted(CataloguePage.FILE, i + 1, found, expected, CataloguePage.COMMAND));
      }
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    String page = Files.readString(CataloguePage.FILE);
    List<String> anchors = found(ANCHOR, page).toList();
    Path folder = CataloguePage.FILE.resolveSibling("");
    assertThat(anchors).isNotEmpty().doesNotHaveDuplicates();
    assertThat(found(LINK, page).distinct())
        .isNotEmpty()
        .allMatch(
            link ->
                link.startsWith("#")
                    ? anchors.contains(link.substring(1))
                    : Files.exists(folder.resolve(link)));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
  }
}
