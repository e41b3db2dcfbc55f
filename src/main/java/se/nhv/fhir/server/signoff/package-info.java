/** A unit's reports at its own door: looked through, approved by another, and handed in. */
@NullMarked
package se.nhv.fhir.server.signoff;

import org.jspecify.annotations.NullMarked;
