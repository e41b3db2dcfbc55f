package se.nhv.fhir.server.audit;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import se.nhv.fhir.server.door.Interaction;

/** What a record says of a request: enough to know what was done, and no value that was sent. */
final class Requests {

  private static final Map<String, String> SUBTYPES = Map.of("search-type", "search");

  private Requests() {}

  /**
   * What was asked.
   *
   * @param subtype as AuditEvent has it
   * @param query type, operation and the names of parameters
   * @param instance type and id where the path names one, else null
   * @param address from where
   * @param id of the request, as the log has it
   */
  record Asked(
      String subtype, String query, @Nullable String instance, String address, String id) {}

  static Asked asked(ServletRequestDetails request) {
    Interaction asked = Interaction.of(request);
    String subtype =
        asked.isOperation() ? "operation" : SUBTYPES.getOrDefault(asked.code(), asked.code());
    String type = asked.type().equals(Interaction.SYSTEM) ? "" : asked.type();
    String instance =
        request.getId() != null && request.getId().hasIdPart()
            ? type + "/" + request.getId().getIdPart()
            : null;
    String what = asked.isOperation() ? (type.isEmpty() ? "" : type + "/") + asked.code() : type;
    String names =
        new TreeSet<>(request.getParameters().keySet())
            .stream().map(Requests::plain).collect(Collectors.joining("&"));
    return new Asked(
        subtype,
        names.isEmpty() ? what : what + "?" + names,
        instance,
        request.getServletRequest().getRemoteAddr(),
        String.valueOf(MDC.get("request")));
  }

  /** A name that is none of FHIR's could be anything. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).matches("[a-z_:.-]{1,40}") ? name : "-";
  }
}
