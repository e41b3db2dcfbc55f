/** A unit's mapping of local codes, at the intake door. */
@NullMarked
package se.nhv.fhir.server.mapping;

import org.jspecify.annotations.NullMarked;
