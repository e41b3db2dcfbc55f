package se.nhv.fhir.content;

/**
 * Something in the content that must be mended before any of it is used.
 *
 * @param file the path of the file from the root of the content
 * @param place a line, an element, or empty for the file as a whole
 * @param problem what is wrong and, where it helps, the way out
 */
public record ContentFault(String file, String place, String problem) {

  @Override
  public String toString() {
    return file + (place.isEmpty() ? "" : " (" + place + ")") + ": " + problem;
  }
}
