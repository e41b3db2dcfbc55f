/**
 * Patient data is fetched from a hospital's FHIR endpoint. Whoever opens a connection can leak data
 * and tokens: this package answers for it.
 */
@NullMarked
@NamedInterface("pull")
package se.nhv.fhir.intake.pull;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
