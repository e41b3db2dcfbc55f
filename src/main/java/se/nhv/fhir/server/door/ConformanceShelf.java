package se.nhv.fhir.server.door;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * Resources that stand in memory: what is counted, and who reports.
 *
 * @param type the FHIR resource type
 * @param parameters named as the elements that they look at, beside {@code _id}
 * @param resources all of them, at each moment
 */
public record ConformanceShelf(
    String type,
    List<SearchParameter> parameters,
    Supplier<? extends List<? extends Resource>> resources)
    implements Shelf {

  /** The shelf of a conformance resource type; a Measure also has identifiers. */
  public static ConformanceShelf of(String type, ConformanceResources resources) {
    Stream<SearchParameter> common =
        Stream.of(
            SearchParameter.id(),
            new SearchParameter("url", SearchParameter.Kind.URI, "The canonical URL."),
            new SearchParameter("version", SearchParameter.Kind.CODE, "The version, as written."),
            new SearchParameter("name", SearchParameter.Kind.TEXT, "How the name begins."));
    List<SearchParameter> parameters =
        type.equals("Measure")
            ? Stream.concat(common, Stream.of(SearchParameter.identifier())).toList()
            : common.toList();
    return new ConformanceShelf(type, parameters, () -> resources.ofType(type));
  }

  @Override
  public Optional<Resource> read(Caller caller, String id) {
    return sorted().filter(it -> id(it).equals(id)).findFirst();
  }

  @Override
  public Found search(Caller caller, SearchRequest request) {
    List<Resource> matching =
        sorted()
            .filter(
                it -> request.conditions().stream().allMatch(condition -> matches(it, condition)))
            .toList();
    String after = request.cursor();
    List<Resource> page =
        matching.stream()
            .filter(it -> after == null || id(it).compareTo(after) > 0)
            .limit(request.count() + 1L)
            .toList();
    boolean more = page.size() > request.count();
    List<Resource> shown = more ? page.subList(0, request.count()) : page;
    return new Found(shown, matching.size(), more ? id(shown.get(shown.size() - 1)) : null);
  }

  private Stream<Resource> sorted() {
    return resources.get().stream()
        .<Resource>map(it -> it)
        .sorted(Comparator.comparing(ConformanceShelf::id));
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  private static boolean matches(Resource resource, SearchRequest.Condition condition) {
    SearchParameter parameter = condition.parameter();
    List<String> values = condition.values();
    return switch (parameter.kind()) {
      case ID -> values.contains(id(resource));
      case IDENTIFIER ->
          elements(resource, "identifier")
              .anyMatch(
                  it ->
                      it instanceof Identifier identifier
                          && values.stream().anyMatch(value -> has(identifier, value)));
      case TEXT ->
          texts(resource, parameter.name())
              .anyMatch(text -> values.stream().anyMatch(value -> beginsWith(text, value)));
      case URI, CODE, CANONICAL, REFERENCE, DATE ->
          texts(resource, parameter.name()).anyMatch(values::contains);
    };
  }

  private static boolean has(Identifier identifier, String token) {
    int bar = token.indexOf('|');
    String value = token.substring(bar + 1);
    boolean system =
        bar < 0
            || token.substring(0, bar).equals(identifier.hasSystem() ? identifier.getSystem() : "");
    return system && (value.isEmpty() || value.equals(identifier.getValue()));
  }

  private static boolean beginsWith(String text, String value) {
    return text.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
  }

  private static Stream<String> texts(Resource resource, String element) {
    return elements(resource, element).map(Base::primitiveValue);
  }

  private static Stream<Base> elements(Resource resource, String name) {
    Property property = resource.getNamedProperty(name);
    return property == null ? Stream.of() : property.getValues().stream();
  }
}
