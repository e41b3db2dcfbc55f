package se.nhv.fhir.store;

import java.util.Map;

/** What H2 and PostgreSQL do differently. */
enum Dialect {
  H2("varchar") {
    @Override
    Map<String, String> driverProperties() {
      return Map.of(
          "LOCK_TIMEOUT", "20000",
          "QUERY_CACHE_SIZE", "64",
          // A result that is kept may lack what another connection was just committing.
          "OPTIMIZE_REUSE_RESULTS", "FALSE",
          "DB_CLOSE_ON_EXIT", "FALSE");
    }

    @Override
    String nextKeyBlock(String schema) {
      return "select next value for \"" + schema + "\".resource_pk";
    }
  },
  POSTGRESQL("text collate \"C\"") {
    @Override
    Map<String, String> driverProperties() {
      return Map.of(
          "reWriteBatchedInserts", "true",
          "ApplicationName", "nhv",
          "logServerErrorDetail", "false"); // a detail could hold a patient's id
    }

    @Override
    String nextKeyBlock(String schema) {
      return "select nextval('\"" + schema + "\".resource_pk')";
    }
  };

  private final String text;

  Dialect(String text) {
    this.text = text;
  }

  static Dialect of(StoreSettings settings) {
    if (settings.url().startsWith("jdbc:h2:")) {
      return H2;
    }
    if (settings.url().startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new IllegalArgumentException(
        "the store URL "
            + settings.place()
            + " is neither jdbc:h2:file:<path> nor jdbc:postgresql://<host>/<database>");
  }

  /** What the migrations put in place of a text type that compares byte by byte. */
  Map<String, String> placeholders() {
    return Map.of("text", text);
  }

  /** Connection properties that the driver gets beside the URL. */
  abstract Map<String, String> driverProperties();

  /** The statement that reserves 1,000 primary keys and answers the first. */
  abstract String nextKeyBlock(String schema);
}
