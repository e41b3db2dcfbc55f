/** Hospitals that answer as known FHIR servers do, for pulls that must end alike at all of them. */
@NullMarked
package se.nhv.fhir.intake.pull.hospitals;

import org.jspecify.annotations.NullMarked;
