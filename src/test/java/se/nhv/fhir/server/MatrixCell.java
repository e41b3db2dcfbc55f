package se.nhv.fhir.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the hand-written matrix of permissions.
 *
 * @param door intake or fhir
 * @param type a resource type, or - for the door itself
 * @param interaction as FHIR names it, or an operation
 * @param caller the column
 * @param expected the word in the cell
 */
record MatrixCell(String door, String type, String interaction, int caller, String expected) {

  /** The tokens of the columns, in their order. */
  static final List<String> CALLERS =
      List.of(
          "unit",
          "other unit",
          "staff",
          "other staff",
          "authority",
          "developer",
          "operator",
          "nobody");

  private static final String CARE =
      "Patient Encounter Procedure ServiceRequest CarePlan Observation QuestionnaireResponse"
          + " Condition DocumentReference Communication Organization";

  /** All cells, in the order of the file; the unit's own come last in each line. */
  static List<MatrixCell> all() {
    List<MatrixCell> cells = new ArrayList<>();
    for (String line : lines()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] fields = line.split(" *; *", -1);
        String types =
            fields[1].replace("@care", CARE).replace("@patient", CARE.replace(" Organization", ""));
        for (String type : types.split(" ", -1)) {
          for (int caller = CALLERS.size() - 1; caller >= 0; caller--) {
            cells.add(
                new MatrixCell(fields[0], type, fields[2], caller, fields[3 + caller].strip()));
          }
        }
      }
    }
    return cells;
  }

  private static List<String> lines() {
    try (InputStream file = MatrixCell.class.getResourceAsStream("/access/matrix.csv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The token of the caller; null for nobody. */
  @Nullable String token() {
    return switch (caller) {
      case 0 -> Doors.TOKEN_A;
      case 1 -> Doors.TOKEN_B;
      case 2 -> Doors.STAFF_A;
      case 3 -> Doors.STAFF_B;
      case 4 -> Doors.AUTHORITY;
      case 5 -> Doors.DEVELOPER;
      case 6 -> Doors.OPERATOR;
      default -> null;
    };
  }

  /** Whether the answer shows what the cell expects. */
  boolean isMetBy(Doors.Answer answer, String secret) {
    int status = answer.status();
    boolean done = status >= 200 && status < 300;
    return switch (expected) {
      case "ok" -> done;
      case "pass" -> done || status == 422 || (status == 400 && answer.body().contains("takes"));
      case "own" -> (done || status == 422) && !answer.body().contains(secret);
      case "404" -> status == 404;
      case "no" -> status == (token() == null ? 401 : 403);
      case "none" -> status == 400 || status == 404 || status == 405;
      default -> throw new IllegalStateException("not a word of the matrix: " + expected);
    };
  }

  @Override
  public String toString() {
    return "%s %s %s by %s: %s".formatted(door, type, interaction, CALLERS.get(caller), expected);
  }
}
