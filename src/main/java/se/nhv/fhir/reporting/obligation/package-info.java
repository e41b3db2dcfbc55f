/**
 * Who owes which reports, and how far each has come: worked out from permits, the Measures'
 * schedules, kept reports and their steps whenever it is asked, and kept nowhere, so that it is
 * never stale.
 */
@NullMarked
@NamedInterface("obligation")
package se.nhv.fhir.reporting.obligation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
