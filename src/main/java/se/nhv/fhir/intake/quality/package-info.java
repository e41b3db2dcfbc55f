/**
 * Data errors as facts: every rule of the data contract that a unit's resources break, with the
 * resource, the element, what to do about it and the Measures that it touches. Patients come in;
 * facts go out, and are kept beside the data as DetectedIssues until the resource is mended.
 */
@NullMarked
@NamedInterface("quality")
package se.nhv.fhir.intake.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
