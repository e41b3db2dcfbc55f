/** Tests of the intake room. */
@NullMarked
package se.nhv.fhir.intake;

import org.jspecify.annotations.NullMarked;
