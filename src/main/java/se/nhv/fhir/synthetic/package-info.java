/**
 * Synthetic hospitals for the demo, tests and load: deterministic, following the data contract, and
 * marked as synthetic in every patient. No real person is, or resembles, any of them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure"})
package se.nhv.fhir.synthetic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
