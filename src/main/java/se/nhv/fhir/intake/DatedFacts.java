package se.nhv.fhir.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The days that a resource speaks of: every date, instant and end of a period in it, but neither
 * the date of birth nor when the resource itself was changed. Stateless.
 */
public final class DatedFacts {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  private DatedFacts() {}

  /**
   * The latest day that the resource may speak of, in Europe/Stockholm; the last of a year or month
   * that is all it says. Empty if it has no date.
   *
   * @throws MalformedResourceException if it cannot be read
   */
  public static Optional<LocalDate> latest(byte[] json) {
    Resource resource = parse(json);
    resource.setMeta(null);
    if (resource.getResourceType() == ResourceType.Patient) {
      ((Patient) resource).setBirthDateElement(null);
    }
    return FhirContext.forR4Cached()
        .newTerser()
        .getAllPopulatedChildElementsOfType(resource, BaseDateTimeType.class)
        .stream()
        .map(BaseDateTimeType::getValueAsString)
        .filter(text -> text != null && !text.isEmpty())
        .map(DatedFacts::lastDay)
        .max(LocalDate::compareTo);
  }

  private static Resource parse(byte[] json) {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    parser.setParserErrorHandler(new LenientErrorHandler(false));
    try {
      return (Resource) parser.parseResource(new String(json, StandardCharsets.UTF_8));
    } catch (DataFormatException e) {
      throw new MalformedResourceException(
          List.of(new Refusal(0, "(resource)", "it cannot be read", "send the resource again")));
    }
  }

  private static LocalDate lastDay(String text) {
    return switch (text.length()) {
      case 4 -> LocalDate.of(Integer.parseInt(text), 12, 31);
      case 7 -> YearMonth.parse(text).atEndOfMonth();
      case 10 -> LocalDate.parse(text);
      default -> OffsetDateTime.parse(text).atZoneSameInstant(STOCKHOLM).toLocalDate();
    };
  }
}
