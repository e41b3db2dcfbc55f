/** What units send to the intake door. */
@NullMarked
package se.nhv.fhir.server.push;

import org.jspecify.annotations.NullMarked;
