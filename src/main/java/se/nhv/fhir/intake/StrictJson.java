package se.nhv.fhir.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * FHIR R4 JSON, read strictly and written stably. Unknown elements, wrong types, codes outside
 * required bindings, duplicate keys and values out of form are faults, and all faults of a resource
 * are told at once. Stateless; safe for use by many threads at once.
 *
 * <p>The JSON itself is read here and not by HAPI, which takes duplicate keys, single quotes and
 * numbers whose plain form fills the memory.
 */
public final class StrictJson {

  /** How many objects and arrays may stand inside one another. */
  public static final int MAX_DEPTH = 64;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION) // FHIR JSON is UTF-8 and nothing else
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static final String WHOLE = "$this";

  private StrictJson() {}

  /** The one FhirContext of the process, for R4. */
  public static FhirContext context() {
    return Holder.CONTEXT;
  }

  /**
   * Reads one resource.
   *
   * @param json the resource in UTF-8
   * @throws MalformedResourceException naming every fault that was found
   */
  public static Resource parse(byte[] json) {
    return parse(tree(json));
  }

  /**
   * Reads one resource that is already a JSON object, for example an entry of a Bundle.
   *
   * @throws MalformedResourceException naming every fault that was found
   */
  public static Resource parse(ObjectNode json) {
    FormFaults faults = new FormFaults(json);
    if (!faults.collectForms()) {
      faults.refuseIfAny();
    }
    JacksonStructure structure = new JacksonStructure();
    structure.setNativeObject(json);
    try {
      IJsonLikeParser parser = (IJsonLikeParser) context().newJsonParser();
      parser.setParserErrorHandler(faults);
      parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
      Resource resource = (Resource) parser.parseResource(structure);
      faults.refuseIfAny();
      return resource;
    } catch (DataFormatException e) {
      faults.refuseIfAny();
      throw refused(
          json.path("resourceType").isTextual() ? "resourceType" : WHOLE,
          "this is not a FHIR R4 resource",
          "write a JSON object whose resourceType is the name of a FHIR R4 resource");
    }
  }

  /**
   * Reads a JSON object without asking what it means.
   *
   * @param json in UTF-8
   * @throws MalformedResourceException if it is not one JSON object, holds a key twice or is nested
   *     deeper than {@link #MAX_DEPTH}
   */
  public static ObjectNode tree(byte[] json) {
    int fault = Utf8.firstFault(json); // Jackson takes overlong forms and halves of surrogate pairs
    if (fault >= 0) {
      throw refused(
          WHOLE, "this is not UTF-8 at byte " + (fault + 1), "write the resource in UTF-8");
    }
    try {
      ResourceHead.Slice text = NdjsonLines.trimmed(json);
      JsonNode node = MAPPER.readTree(json, text.from(), text.to() - text.from());
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw refused(WHOLE, "this is not a JSON object", "write the resource as one JSON object");
    } catch (JacksonException e) {
      throw notJson(e);
    } catch (NumberFormatException | ArithmeticException e) { // not even a BigDecimal holds it
      throw refused(WHOLE, "a number's exponent is out of range", "write it with fewer digits");
    } catch (IOException e) {
      throw refused(WHOLE, "this is not JSON in UTF-8", "write the resource as JSON in UTF-8");
    }
  }

  /**
   * JSON that {@link #parse(ObjectNode)} has taken, in UTF-8 without white space and with its keys
   * in the order of their letters: the same content gives the same bytes, however it was sent.
   */
  public static byte[] encode(ObjectNode json) {
    try {
      // By way of a text: half of a surrogate pair becomes a question mark rather than a failure.
      return MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JacksonException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  /**
   * The resource as JSON in UTF-8, in the form of {@link #encode(ObjectNode)}, which is quicker.
   */
  public static byte[] encode(Resource resource) {
    return encode(tree(written(resource)));
  }

  private static byte[] written(Resource resource) {
    return context()
        .newJsonParser()
        .setStripVersionsFromReferences(false)
        .setParserErrorHandler(new ErrorHandlerAdapter()) // the default one logs references
        .encodeResourceToString(resource)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What is wrong with text that is not JSON, without quoting it. */
  static String reason(JacksonException e) {
    JsonLocation at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    if (e instanceof StreamConstraintsException) {
      return "the JSON is nested deeper than "
          + MAX_DEPTH
          + " levels or holds a value longer than is taken"
          + place;
    }
    boolean duplicate = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
    return (duplicate ? "a key stands twice in one object" : "this is not JSON") + place;
  }

  private static MalformedResourceException notJson(JacksonException e) {
    return refused(WHOLE, reason(e), "write well-formed JSON with each key once");
  }

  private static MalformedResourceException refused(String element, String problem, String remedy) {
    return new MalformedResourceException(List.of(new Refusal(0, element, problem, remedy)));
  }

  /** Made on first use: building it takes most of a second. */
  private static final class Holder {
    static final FhirContext CONTEXT = FhirContext.forCached(FhirVersionEnum.R4);
  }
}
