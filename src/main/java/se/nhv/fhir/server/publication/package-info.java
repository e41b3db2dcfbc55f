/** Releases of what may be published, at the report door. */
@NullMarked
package se.nhv.fhir.server.publication;

import org.jspecify.annotations.NullMarked;
