/**
 * The national side: reports that units have submitted, each with its sign-offs and revisions, and
 * what is worked out from them alone: Riket, and any other set of units and years.
 */
@NullMarked
@NamedInterface("national")
package se.nhv.fhir.reporting.national;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
