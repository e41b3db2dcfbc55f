package se.nhv.fhir.server.door;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import se.nhv.fhir.run.FactCsv;

/**
 * What a message to a door may look like, decided before HAPI reads it: JSON both ways, no
 * Content-Encoding (HAPI would inflate it without limit), and no body above {@link #MOST_BYTES}.
 */
public final class MessageFilter extends OncePerRequestFilter {

  /** The largest body, in bytes. */
  public static final int MOST_BYTES = 10 * 1024 * 1024;

  /** The request attribute that says whether a table is asked for instead of JSON. */
  public static final String CSV = MessageFilter.class.getName() + ".csv";

  private static final int MOST_FORM_BYTES = 64 * 1024;
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final Set<String> JSON =
      Set.of("json", "application/json", "application/fhir+json", "application/fhir json");
  private static final List<MediaType> ANSWERS =
      List.of(MediaType.APPLICATION_JSON, MediaType.valueOf(Outcomes.FHIR_JSON));

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean form = isForm(request);
    boolean csv = wantsCsv(request);
    request.setAttribute(CSV, csv);
    if (!METHODS.contains(request.getMethod())) {
      Outcomes.write(response, 405, IssueType.NOTSUPPORTED, "This method is not supported here.");
    } else if (request.getHeader("Content-Encoding") != null) {
      Outcomes.write(
          response,
          415,
          IssueType.NOTSUPPORTED,
          "A request with Content-Encoding is not taken: send the body uncompressed.");
    } else if (!csv && !acceptsJson(request)) {
      Outcomes.write(
          response,
          406,
          IssueType.NOTSUPPORTED,
          "Answers are in JSON only: accept application/fhir+json.");
    } else if (request.getContentLengthLong() > (form ? MOST_FORM_BYTES : MOST_BYTES)
        || (form && request.getContentLengthLong() < 0)) {
      tooLarge(response);
    } else if (form) {
      chain.doFilter(new JsonRequest(request, null), response);
    } else {
      passWithBody(request, response, chain);
    }
  }

  private static void passWithBody(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      response.setHeader("Connection", "close");
      Outcomes.write(
          response, 400, IssueType.INVALID, "The body did not arrive whole: send it again.");
      return;
    }
    if (body.length > MOST_BYTES) {
      tooLarge(response);
    } else if (body.length > 0 && !isJson(request.getContentType())) {
      Outcomes.write(
          response,
          415,
          IssueType.NOTSUPPORTED,
          "Only JSON in UTF-8 is taken: send Content-Type application/fhir+json.");
    } else {
      chain.doFilter(new JsonRequest(request, body), response);
    }
  }

  private static void tooLarge(HttpServletResponse response) throws IOException {
    response.setHeader("Connection", "close");
    Outcomes.write(
        response,
        413,
        IssueType.TOOLONG,
        "The body is larger than 10 MB: send it in smaller Bundles.");
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return "POST".equals(request.getMethod())
        && type != null
        && type.startsWith("application/x-www-form-urlencoded");
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      MediaType type = MediaType.valueOf(contentType);
      return ANSWERS.stream().anyMatch(json -> json.equalsTypeAndSubtype(type))
          && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
    } catch (InvalidMediaTypeException | UnsupportedCharsetException e) {
      return false;
    }
  }

  /** Whether the one answer that is also a table is asked for as a table. */
  private static boolean wantsCsv(HttpServletRequest request) {
    if (!request.getRequestURI().endsWith("/$quality")) {
      return false;
    }
    String format = queryFormat(request);
    if (format != null) {
      return format.equals("csv") || format.equals(FactCsv.MEDIA_TYPE);
    }
    String accept = request.getHeader("Accept");
    return accept != null && accept.strip().startsWith(FactCsv.MEDIA_TYPE);
  }

  private static boolean acceptsJson(HttpServletRequest request) {
    String format = queryFormat(request);
    if (format != null) {
      return JSON.contains(format);
    }
    String accept = request.getHeader("Accept");
    if (accept == null || accept.isBlank()) {
      return true;
    }
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .anyMatch(range -> ANSWERS.stream().anyMatch(range::isCompatibleWith));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static @Nullable String queryFormat(HttpServletRequest request) {
    // Only the query string: asking for a parameter would read the body.
    String query = request.getQueryString();
    if (query == null) {
      return null;
    }
    for (String part : query.split("&", -1)) {
      if (part.startsWith("_format=")) {
        return URLDecoder.decode(part.substring("_format=".length()), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
