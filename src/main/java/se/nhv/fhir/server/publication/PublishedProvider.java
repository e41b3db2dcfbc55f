package se.nhv.fhir.server.publication;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.publication.PublishedBundle;
import se.nhv.fhir.publication.PublishedDataSet;
import se.nhv.fhir.publication.PublishedFiles;
import se.nhv.fhir.publication.Releases;
import se.nhv.fhir.server.door.AnswerFormat;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;

/** {@code $published}: what is published, for everyone. */
public final class PublishedProvider {

  /** $published at the system. */
  static final DoorType.Operation PUBLISHED =
      new DoorType.Operation(
          "published",
          Canonicals.ROOT + "/OperationDefinition/published",
          "GET, with release (the number of one; absent: the latest): answers a collection Bundle:"
              + " Parameters that say which release it is, then its MeasureReports; with"
              + " _format=text/csv or xlsx the same as a table.");

  /** The table in text. */
  static final AnswerFormat CSV = new AnswerFormat(PUBLISHED.name(), "text/csv", "csv");

  /** The table as a workbook. */
  static final AnswerFormat XLSX =
      new AnswerFormat(
          PUBLISHED.name(),
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "xlsx");

  private final Releases releases;

  PublishedProvider(Releases releases) {
    this.releases = releases;
  }

  /** Writes a release in the form that is asked for. */
  @Operation(name = "$published", idempotent = true, manualResponse = true)
  public void published(
      @OperationParam(name = "release", min = 0) @Nullable StringType release,
      RequestDetails request,
      HttpServletRequest http,
      HttpServletResponse response)
      throws IOException {
    OperationParameters.onlyKnown(request, List.of("release"));
    int number = release == null || release.isEmpty() ? releases.latest() : number(release);
    PublishedDataSet published =
        releases
            .published(number)
            .orElseThrow(() -> new ResourceNotFoundException("There is no such release."));
    if (CSV.isWanted(http)) {
      write(response, published, CSV, PublishedFiles.csv(published));
    } else if (XLSX.isWanted(http)) {
      ByteArrayOutputStream workbook = new ByteArrayOutputStream();
      PublishedFiles.xlsx(published, workbook);
      write(response, published, XLSX, workbook.toByteArray());
    } else {
      write(response, Outcomes.FHIR_JSON, json(published));
    }
  }

  private static int number(StringType release) {
    if (!release.getValue().matches("[1-9][0-9]{0,8}")) {
      throw new InvalidRequestException(
          "$published takes release, the number of one, from 1; without it, it is the latest.");
    }
    return Integer.parseInt(release.getValue());
  }

  private static byte[] json(PublishedDataSet published) {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .encodeResourceToString(PublishedBundle.of(published))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void write(
      HttpServletResponse response, PublishedDataSet published, AnswerFormat format, byte[] body)
      throws IOException {
    response.setHeader(
        "Content-Disposition",
        "attachment; filename=\"publicering-" + published.number() + "." + format.code() + "\"");
    write(response, format.mediaType(), body);
  }

  private static void write(HttpServletResponse response, String type, byte[] body)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(type);
    if (!type.equals(XLSX.mediaType())) {
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
