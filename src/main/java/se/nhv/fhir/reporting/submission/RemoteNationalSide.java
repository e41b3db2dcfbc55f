package se.nhv.fhir.reporting.submission;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The national side of another adapter, as a transaction to its report door. */
public final class RemoteNationalSide implements NationalSide {

  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int LONGEST = 1000;

  /**
   * How a request is sent. Safe for use by many threads at once.
   *
   * @see Reply
   */
  @FunctionalInterface
  public interface Post {

    /**
     * Sends a body once.
     *
     * @param json a transaction Bundle in UTF-8
     * @throws SubmissionPostponedException if no whole answer comes
     */
    Reply post(byte[] json);
  }

  /**
   * A whole answer.
   *
   * @param status its HTTP status
   * @param body its body
   * @param retryAfter how long it asks to wait, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by one thread
  public record Reply(int status, byte[] body, @Nullable Duration retryAfter) {}

  private final Post door;

  /** Behind that door. */
  public RemoteNationalSide(Post door) {
    this.door = door;
  }

  @Override
  public Receipt submit(OutgoingReport outgoing) {
    String json =
        parser()
            .setStripVersionsFromReferences(false)
            .encodeResourceToString(SubmissionBundle.of(outgoing));
    Reply reply = door.post(json.getBytes(StandardCharsets.UTF_8));
    if (reply.status() == 200 || reply.status() == 201) {
      return receipt(reply, outgoing);
    }
    String answered = "the national side answered with HTTP status " + reply.status();
    if (reply.status() >= 500 || PASSING.contains(reply.status())) {
      throw new SubmissionPostponedException(answered, reply.retryAfter());
    }
    String why =
        reply.status() < 400
            ? "redirects are not followed: configure the address it leads to"
            : text(reply);
    throw new SubmissionRefusedException(answered + ": " + why);
  }

  private static Receipt receipt(Reply reply, OutgoingReport outgoing) {
    Receipt receipt =
        read(reply) instanceof Bundle answer ? SubmissionBundle.receipt(answer).orElse(null) : null;
    if (receipt == null
        || !receipt.report().equals(outgoing.report().getIdPart())
        || receipt.revision() != outgoing.revision()) {
      throw new SubmissionRefusedException(
          "the national side took the request and answered with something else than its receipt:"
              + " check nhv.national.base");
    }
    return receipt;
  }

  private static String text(Reply reply) {
    String text =
        read(reply) instanceof OperationOutcome outcome
            ? String.valueOf(outcome.getIssueFirstRep().getDiagnostics())
            : "without a reason; check nhv.national.base and the token";
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static @Nullable Resource read(Reply reply) {
    try {
      String json = new String(reply.body(), StandardCharsets.UTF_8);
      return parser().parseResource(json) instanceof Resource resource ? resource : null;
    } catch (DataFormatException | ClassCastException e) {
      return null;
    }
  }

  private static IParser parser() {
    return FhirContext.forR4Cached().newJsonParser();
  }
}
