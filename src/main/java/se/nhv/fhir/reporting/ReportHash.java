package se.nhv.fhir.reporting;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.MeasureReport;

/**
 * The hash to which a signature on a report is bound (extension {@code innehallshash}): SHA-256 of
 * the report's canonical JSON, {@code http://hl7.org/fhir/canonicalization/json#static} (R4 JSON,
 * 2.6.2.1.6): members in alphabetical order, no white space, without {@code meta} and narrative. So
 * it can be worked out by anyone who reads the report, and is the same on every server that keeps
 * it.
 */
public final class ReportHash {

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ReportHash() {}

  /**
   * The hash of the report, in 64 hexadecimal digits. It does not depend on {@code meta}, nor on
   * whether the report has been given its id yet.
   *
   * @throws ReportRefusedException if Measure, reporter or period, from which the id follows,
   *     cannot be read
   */
  public static String of(MeasureReport report) {
    MeasureReport content = report.copy();
    content.setMeta(null).setId(ReportId.of(report));
    content.setText(null);
    String json =
        FhirContext.forR4Cached()
            .newJsonParser()
            .setStripVersionsFromReferences(false)
            .encodeResourceToString(content);
    return DigestUtils.sha256Hex(canonical(json).getBytes(StandardCharsets.UTF_8));
  }

  private static String canonical(String json) {
    try {
      JsonNode tree = CANONICAL.readTree(json);
      return CANONICAL.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report's own JSON cannot be read", e);
    }
  }
}
