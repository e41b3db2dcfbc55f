/**
 * Patients and Measures become tallies, and tallies become MeasureReports. Pure: no I/O, no Spring;
 * the same patients in any order, number and threading give the same report.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure", "content"})
package se.nhv.fhir.evaluation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
