/**
 * What two people have signed leaves the unit, once, for the national side in the same store or
 * another; made anew from named elements, and with nothing of a patient.
 */
@NullMarked
@NamedInterface("submission")
package se.nhv.fhir.reporting.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
