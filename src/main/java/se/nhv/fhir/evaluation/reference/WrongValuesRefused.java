package se.nhv.fhir.evaluation.reference;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Passes over elements that FHIR does not know, which cannot change a figure, and refuses values
 * that cannot be read, which could.
 */
final class WrongValuesRefused extends LenientErrorHandler {

  WrongValuesRefused() {
    super(false);
    setErrorOnInvalidValue(true);
    setErrorOnInvalidExtension(false);
  }

  @Override
  public void unexpectedRepeatingElement(@Nullable IParseLocation location, String element) {
    throw new DataFormatException("the element " + element + " may not repeat");
  }
}
