/**
 * MeasureReports kept with their revisions and found again. It knows no patient: the only way in is
 * an allow-list writer that makes a new summary report from named elements.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure", "content", "store"})
package se.nhv.fhir.reporting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
