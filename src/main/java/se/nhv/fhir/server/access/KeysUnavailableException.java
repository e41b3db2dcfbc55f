package se.nhv.fhir.server.access;

/** The keys of an issuer cannot be had now, so that its tokens can be neither taken nor refused. */
final class KeysUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeysUnavailableException(Throwable cause) {
    super("The issuer of the token does not show its keys: send the same request later.", cause);
  }
}
