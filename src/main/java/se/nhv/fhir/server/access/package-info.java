/** Who may pass the doors. */
@NullMarked
package se.nhv.fhir.server.access;

import org.jspecify.annotations.NullMarked;
