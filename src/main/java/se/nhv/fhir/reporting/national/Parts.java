package se.nhv.fhir.reporting.national;

import java.util.List;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;

/** Finds the extension of a URL where there may be one. */
final class Parts {

  private Parts() {}

  /**
   * The extension, or null if there is none.
   *
   * @throws se.nhv.fhir.reporting.ReportRefusedException if there are several
   */
  static @Nullable Extension one(List<Extension> extensions, String url, String place) {
    List<Extension> found = extensions.stream().filter(it -> url.equals(it.getUrl())).toList();
    if (found.size() > 1) {
      throw Refusals.report(place, "must stand once");
    }
    return found.isEmpty() ? null : found.get(0);
  }
}
