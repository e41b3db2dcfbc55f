package se.nhv.fhir.server.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.server.door.Credential;

/** Told of requests that were not let in. Called from many threads; it must not throw. */
@FunctionalInterface
public interface AccessListener {

  /**
   * A request was refused.
   *
   * @param status 401 or 403
   * @param credential what it showed, or null if that was no good token
   */
  void refused(HttpServletRequest request, int status, @Nullable Credential credential);
}
