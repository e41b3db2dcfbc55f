/** What units submit and Riket, at the report door. */
@NullMarked
package se.nhv.fhir.server.national;

import org.jspecify.annotations.NullMarked;
