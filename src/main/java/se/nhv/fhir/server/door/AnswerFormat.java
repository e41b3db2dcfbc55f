package se.nhv.fhir.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form of an operation's answer beside JSON. Who carries the operation out asks which one is
 * wanted, and writes it.
 *
 * @param operation the operation, without the dollar sign
 * @param mediaType as {@code Accept} and {@code _format} name it
 * @param code a short name for {@code _format}
 */
public record AnswerFormat(String operation, String mediaType, String code) {

  private static final String ATTRIBUTE = AnswerFormat.class.getName();

  /** Whether that form of that operation is wanted in this request. */
  public boolean isWanted(HttpServletRequest request) {
    return equals(request.getAttribute(ATTRIBUTE));
  }

  /** Those that a request may ask for. */
  static List<AnswerFormat> at(HttpServletRequest request, List<DoorPart> parts) {
    return parts.stream()
        .filter(part -> request.getServletPath().equals("/" + part.door().path()))
        .flatMap(part -> part.formats().stream())
        .filter(format -> format.isOfPath(request.getPathInfo()))
        .toList();
  }

  private boolean isOfPath(@Nullable String path) {
    return path != null && path.endsWith("/$" + operation);
  }

  /** Whether a format, as {@code _format} gives it, or an {@code Accept} begins with this one. */
  boolean isNamed(@Nullable String format, @Nullable String accept) {
    return format != null
        ? format.equals(code) || format.equals(mediaType)
        : accept != null && accept.strip().startsWith(mediaType);
  }

  void leaveWith(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
