/**
 * The NHV FHIR adapter; this package holds the main class only, its rooms are the packages below.
 */
@NullMarked
package se.nhv.fhir;

import org.jspecify.annotations.NullMarked;
