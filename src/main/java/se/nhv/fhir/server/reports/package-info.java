/** The reports, at the report door. */
@NullMarked
package se.nhv.fhir.server.reports;

import org.jspecify.annotations.NullMarked;
