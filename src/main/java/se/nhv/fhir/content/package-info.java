/**
 * Reads {@code measures-fhir/} and {@code profiles/} by walking them, lists every fault at once,
 * serves what it read by canonical and version, translates CQL to ELM, and validates resources
 * against the profiles. Files come in; Measures, libraries and a validator go out.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure"})
package se.nhv.fhir.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
