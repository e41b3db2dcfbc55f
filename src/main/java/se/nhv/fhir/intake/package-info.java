/**
 * Patient data comes in by push, by pull or from Bulk Data files, is parsed strictly and lands in
 * the intake store under (unit, type, id); patients go out as raw resources. Refusals and gaps are
 * values.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure", "content", "store"})
package se.nhv.fhir.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
