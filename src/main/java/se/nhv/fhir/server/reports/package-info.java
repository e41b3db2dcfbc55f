/** Reports and their steps as both doors show them, and what they are counted by. */
@NullMarked
package se.nhv.fhir.server.reports;

import org.jspecify.annotations.NullMarked;
