/** What is wrong with a unit's data, at the intake door. */
@NullMarked
package se.nhv.fhir.server.quality;

import org.jspecify.annotations.NullMarked;
