/**
 * The words that every room speaks: Measure reference, reporting year, measurement period, unit,
 * area, and a patient as the raw resources that a hospital sent. It depends on nothing but the JDK,
 * so that any room, and any other runtime, can use it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package se.nhv.fhir.measure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
