package se.nhv.fhir.cli;

import picocli.CommandLine.Option;
import se.nhv.fhir.store.StoreSettings;

/** Where the store is, for commands that work on it without the server. */
@SuppressWarnings("NullAway.Init") // picocli sets the defaults
final class StoreOptions {

  @Option(
      names = "--store-url",
      defaultValue = "${env:NHV_STORE_URL:-" + StoreSettings.DEFAULT_URL + "}",
      paramLabel = "JDBC-URL",
      description = "the store, H2 or PostgreSQL (default: ${DEFAULT-VALUE}; env NHV_STORE_URL)")
  private String url;

  @Option(
      names = "--store-user",
      defaultValue = "${env:NHV_STORE_USER:-nhv}",
      paramLabel = "USER",
      description = "its user (default: ${DEFAULT-VALUE}; env NHV_STORE_USER)")
  private String user;

  /** The password comes from the environment alone: a command line can be read by others. */
  StoreSettings settings() {
    String password = System.getenv().getOrDefault("NHV_STORE_PASSWORD", "");
    return new StoreSettings(url, user, password, StoreSettings.embedded().poolSize());
  }
}
