/**
 * Runs as durable jobs: asked for at once or by a schedule, one at a time for each unit and what it
 * is about, stopped and taken up again. What was asked and what came of it stands in a FHIR Task in
 * the intake store, whose versions are the history; the scheduler's own table holds only what is to
 * run next and which server runs it.
 */
@NullMarked
@NamedInterface("jobs")
package se.nhv.fhir.run.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
