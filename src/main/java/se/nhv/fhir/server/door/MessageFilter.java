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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What a message to a door may look like, decided before HAPI reads it: JSON both ways, no
 * Content-Encoding (HAPI would inflate it without limit), and no body above {@link #MOST_BYTES}.
 */
public final class MessageFilter extends OncePerRequestFilter {

  /** The largest body, in bytes. */
  public static final int MOST_BYTES = 10 * 1024 * 1024;

  private static final int MOST_FORM_BYTES = 64 * 1024;
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final Set<String> JSON =
      Set.of("json", "application/json", "application/fhir+json", "application/fhir json");
  private static final List<MediaType> ANSWERS =
      List.of(MediaType.APPLICATION_JSON, MediaType.valueOf(Outcomes.FHIR_JSON));

  private final List<DoorPart> parts;

  /** Before doors of those parts. */
  public MessageFilter(List<DoorPart> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean form = isForm(request);
    List<AnswerFormat> formats = AnswerFormat.at(request, parts);
    Optional<AnswerFormat> wanted = wanted(request, formats);
    wanted.ifPresent(it -> it.leaveWith(request));
    if (!METHODS.contains(request.getMethod())) {
      Outcomes.write(response, 405, IssueType.NOTSUPPORTED, "This method is not supported here.");
    } else if (request.getHeader("Content-Encoding") != null) {
      Outcomes.write(
          response,
          415,
          IssueType.NOTSUPPORTED,
          "A request with Content-Encoding is not taken: send the body uncompressed.");
    } else if (wanted.isEmpty() && !acceptsJson(request)) {
      Outcomes.write(response, 406, IssueType.NOTSUPPORTED, inJsonOr(formats));
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

  private static String inJsonOr(List<AnswerFormat> formats) {
    return formats.isEmpty()
        ? "Answers are in JSON only: accept application/fhir+json."
        : formats.stream()
            .map(AnswerFormat::mediaType)
            .collect(Collectors.joining(", ", "Accept application/fhir+json, ", "."));
  }

  private static Optional<AnswerFormat> wanted(
      HttpServletRequest request, List<AnswerFormat> formats) {
    String format = queryFormat(request);
    String accept = request.getHeader("Accept");
    return formats.stream().filter(it -> it.isNamed(format, accept)).findFirst();
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
