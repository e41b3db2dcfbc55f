package se.nhv.fhir.intake;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects what HAPI's parser finds wrong with one resource, and finds the place of each fault in
 * the JSON, which HAPI does not tell. For one parse on one thread.
 */
final class FormFaults implements IParserErrorHandler {

  private final ObjectNode root;
  private final List<Refusal> refusals = new ArrayList<>();
  private @Nullable ElementPaths paths;

  FormFaults(ObjectNode root) {
    this.root = root;
  }

  /** Throws if anything was found. */
  void refuseIfAny() {
    if (!refusals.isEmpty()) {
      throw new MalformedResourceException(refusals);
    }
  }

  /**
   * Collects values that are not of the JSON type that their FHIR type has.
   *
   * @return whether HAPI can read the rest
   */
  boolean collectForms() {
    if (JsonForms.allFit(root, Types.of(root, null))) {
      return true;
    }
    boolean canGoOn = true;
    for (ElementPaths.Place place : paths().all()) {
      if (place.key().isEmpty()) { // HAPI breaks on it
        add(place, "an element without a name stands here", "remove it");
        canGoOn = false;
      }
      JsonForms.Fault fault = place.fault();
      if (fault != null) {
        boolean isNull = place.value().isNull();
        String remedy = isNull ? "leave it out" : ValueForms.remedy(place.type());
        add(place, fault.problem(), remedy);
        canGoOn &= fault.isHarmless();
      }
    }
    return canGoOn;
  }

  @Override
  public void unknownElement(@Nullable IParseLocation location, String name) {
    add(
        paths().find(place -> place.key().equals(name) && place.type() == null, name),
        "FHIR R4 knows no such element here",
        "remove it, or correct its spelling");
  }

  @Override
  public void unknownAttribute(@Nullable IParseLocation location, String name) {
    unknownElement(location, name);
  }

  @Override
  public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
    add(
        paths().find(place -> place.key().equals(name) && place.value().isArray(), name),
        "it stands more than once where one is allowed",
        "send it once, not in an array");
  }

  @Override
  public void incorrectJsonType(
      @Nullable IParseLocation location,
      @Nullable String name,
      ValueType expected,
      @Nullable ScalarType expectedScalar,
      ValueType found,
      @Nullable ScalarType foundScalar) {
    Object wanted = expectedScalar != null ? expectedScalar : expected;
    Object got = foundScalar != null ? foundScalar : found;
    String key = name(location, name);
    Predicate<ElementPaths.Place> sameKey = place -> place.isUnder(key);
    add(
        paths().find(sameKey.and(place -> isOf(place.value(), found, foundScalar)), key),
        "it is a JSON " + word(got) + " and must be a JSON " + word(wanted),
        "write a JSON " + word(wanted));
  }

  @Override
  public void invalidValue(
      @Nullable IParseLocation location, @Nullable String value, @Nullable String message) {
    String key = name(location, null);
    String text = value == null ? "" : value;
    ElementPaths.Place place =
        paths().find(it -> it.isUnder(key) && it.value().asText().equals(text), key);
    add(
        place,
        "the value is not in the form of " + ValueForms.name(place.type()),
        ValueForms.remedy(place.type()));
  }

  @Override
  public void missingRequiredElement(@Nullable IParseLocation location, String name) {
    String parent = name(location, null);
    add(
        paths().find(place -> place.key().equals(parent) && !place.value().has(name), parent),
        "its required element " + name + " is missing",
        "send " + name);
  }

  @Override
  public void containedResourceWithNoId(@Nullable IParseLocation location) {
    add(
        paths().find(place -> place.key().equals("contained"), "contained"),
        "a contained resource has no id",
        "give it an id and refer to it by # and that id");
  }

  @Override
  public void unknownReference(@Nullable IParseLocation location, String reference) {
    invalidInternalReference(location, reference);
  }

  @Override
  public void invalidInternalReference(@Nullable IParseLocation location, String reference) {
    add(
        paths().find(place -> place.value().asText().equals(reference), "reference"),
        "the reference leads to no contained resource",
        "contain the resource, or refer to it by type and id");
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
    add(
        paths().find(FormFaults::hasValueAndExtensions, "extension"),
        "an extension has both a value and extensions of its own",
        "keep the one or the other");
  }

  private ElementPaths paths() {
    if (paths == null) {
      paths = new ElementPaths(root);
    }
    return paths;
  }

  private void add(ElementPaths.Place place, String problem, String remedy) {
    if (refusals.stream().noneMatch(it -> it.element().equals(place.path()))) {
      refusals.add(new Refusal(0, place.path(), problem, remedy));
    }
  }

  private static String name(@Nullable IParseLocation location, @Nullable String name) {
    if (name != null) {
      return name;
    }
    String parent = location == null ? null : location.getParentElementName();
    return parent == null ? "" : parent;
  }

  private static boolean hasValueAndExtensions(ElementPaths.Place place) {
    JsonNode value = place.value();
    return place.key().equals("extension")
        && value.has("extension")
        && value.properties().stream().anyMatch(it -> it.getKey().startsWith("value"));
  }

  private static boolean isOf(JsonNode node, ValueType type, @Nullable ScalarType scalar) {
    return switch (type) {
      case ARRAY -> node.isArray();
      case OBJECT -> node.isObject();
      case NULL -> node.isNull();
      case SCALAR ->
          scalar == null
              ? node.isValueNode()
              : switch (scalar) {
                case NUMBER -> node.isNumber();
                case STRING -> node.isTextual();
                case BOOLEAN -> node.isBoolean();
              };
    };
  }

  private static String word(Object jsonType) {
    return jsonType.toString().toLowerCase(Locale.ROOT);
  }
}
