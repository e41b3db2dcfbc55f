/** Pulls, reports and retention as jobs, with the hospitals' endpoints, at the intake door. */
@NullMarked
package se.nhv.fhir.server.jobs;

import org.jspecify.annotations.NullMarked;
