package se.nhv.fhir.intake.pull;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Arrays;
import java.util.Optional;
import se.nhv.fhir.intake.StrictJson;

/** Which search parameter of FHIR R4 addresses an element. */
final class SearchParameters {

  private SearchParameters() {}

  /** The token parameter for a coded element. */
  static Optional<String> token(String type, String element) {
    return of(type, element, RestSearchParameterTypeEnum.TOKEN);
  }

  /** The date parameter for an element, whatever types of date it may be. */
  static Optional<String> date(String type, String element) {
    return of(type, element, RestSearchParameterTypeEnum.DATE);
  }

  private static Optional<String> of(
      String type, String element, RestSearchParameterTypeEnum kind) {
    String path = type + "." + element;
    return StrictJson.context().getResourceDefinition(type).getSearchParams().stream()
        .filter(it -> it.getParamType() == kind)
        .filter(it -> Arrays.stream(it.getPath().split("\\|")).allMatch(p -> isIt(p.strip(), path)))
        .map(RuntimeSearchParam::getName)
        .sorted()
        .findFirst();
  }

  private static boolean isIt(String expression, String path) {
    return expression.equals(path)
        || expression.startsWith(path + ".as(")
        || expression.startsWith("(" + path + " as ");
  }
}
