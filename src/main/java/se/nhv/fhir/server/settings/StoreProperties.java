package se.nhv.fhir.server.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database, under {@code nhv.store}.
 *
 * @param url a JDBC URL of H2 or PostgreSQL; the default is a file below the working directory
 * @param user the database user; an H2 file gets it when it is created
 * @param password its password; from the environment only ({@code NHV_STORE_PASSWORD})
 */
public record StoreProperties(
    @DefaultValue("jdbc:h2:file:./data/nhv") String url,
    @DefaultValue("nhv") String user,
    @DefaultValue("") String password) {

  /** The URL and user, never the password. */
  @Override
  public String toString() {
    return url + " as '" + user + "'";
  }
}
