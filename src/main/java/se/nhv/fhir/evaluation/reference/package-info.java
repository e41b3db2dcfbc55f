/**
 * The cqframework CQL engine over HAPI structures: slow, and independent of anything that we write
 * to be fast. It is reached through {@link se.nhv.fhir.evaluation.Engine} alone.
 */
@NullMarked
@NamedInterface("reference")
package se.nhv.fhir.evaluation.reference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
