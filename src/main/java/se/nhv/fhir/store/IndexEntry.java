package se.nhv.fhir.store;

/**
 * One value under which a resource is found. A token or reference has the same low and high; a date
 * or period has its first and last instant or day, in a form whose text order is its order in time.
 *
 * @param parameter the search parameter, for example {@code identifier}
 * @param low the value, or the start of the range
 * @param high the value, or the end of the range
 */
public record IndexEntry(String parameter, String low, String high) {

  /** An entry for one exact value. */
  public static IndexEntry token(String parameter, String value) {
    return new IndexEntry(parameter, value, value);
  }
}
