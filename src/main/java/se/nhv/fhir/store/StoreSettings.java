package se.nhv.fhir.store;

import java.util.Objects;

/**
 * Where the resources are kept. Setting the URL to {@code jdbc:postgresql://…} is all that a move
 * to PostgreSQL takes.
 *
 * @param url the JDBC URL of an H2 or PostgreSQL database
 * @param user the database user; an H2 file gets it when it is created
 * @param password the password, possibly empty; never printed
 * @param poolSize the most connections at once, at least 2
 */
public record StoreSettings(String url, String user, String password, int poolSize) {

  /** The H2 file that serves when nothing else is configured. */
  public static final String DEFAULT_URL = "jdbc:h2:file:./data/nhv";

  /** Refuses a pool of fewer than two connections with an IllegalArgumentException. */
  public StoreSettings {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (poolSize < 2) {
      throw new IllegalArgumentException(
          "a store pool of " + poolSize + " is too small: set it to 2 connections or more");
    }
  }

  /** The default H2 file in the working directory, with 8 connections. */
  public static StoreSettings embedded() {
    return of(DEFAULT_URL);
  }

  /** That database with the user {@code nhv}, no password and 8 connections. */
  public static StoreSettings of(String url) {
    return new StoreSettings(url, "nhv", "", 8);
  }

  /** The URL without its parameters, which may hold secrets. */
  String place() {
    return url.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//");
  }

  @Override
  public String toString() {
    return "StoreSettings[" + place() + ", " + poolSize + " connections]";
  }
}
