/** Measures evaluated on request. */
@NullMarked
package se.nhv.fhir.server.evaluate;

import org.jspecify.annotations.NullMarked;
