/**
 * Two different people sign a report before it leaves the unit: one reviews it, another approves
 * it. Each signature is bound to one version of the report and to the hash of its content, so that
 * a changed report has none.
 */
@NullMarked
@NamedInterface("signoff")
package se.nhv.fhir.reporting.signoff;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
