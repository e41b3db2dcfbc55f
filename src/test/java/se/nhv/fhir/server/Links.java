package se.nhv.fhir.server;

import com.fasterxml.jackson.databind.JsonNode;

/** The links of a searchset. */
final class Links {

  private Links() {}

  /** The path of the next page; empty on the last. Fails when it leads elsewhere. */
  static String next(Doors.Answer page, String base) {
    for (JsonNode link : page.json().path("link")) {
      if (link.path("relation").asText().equals("next")) {
        String url = link.path("url").asText();
        if (!url.startsWith(base)) {
          throw new AssertionError("the next page is elsewhere: " + url);
        }
        return url.substring(base.length());
      }
    }
    return "";
  }
}
