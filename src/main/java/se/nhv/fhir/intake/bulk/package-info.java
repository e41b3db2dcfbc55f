/**
 * Patient data is exported by a hospital's FHIR endpoint as files (Bulk Data Access IG 2.0,
 * export.html) and read into the intake line by line. It stands apart from the searches of {@code
 * pull}, whose client and outcome it shares.
 */
@NullMarked
@NamedInterface("bulk")
package se.nhv.fhir.intake.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
