/**
 * A unit's local codes and elements become those of the data contract: ConceptMaps and element
 * rules come in as FHIR resources, mapped resources go out. It says what it did, what it could not
 * map, and which version of the mapping that was.
 */
@NullMarked
@NamedInterface("mapping")
package se.nhv.fhir.intake.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
