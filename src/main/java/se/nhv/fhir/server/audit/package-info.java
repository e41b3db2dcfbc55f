/**
 * Who met what, kept as FHIR AuditEvents: access to a unit's patients on the unit's side, access to
 * reports, which name no patient, on the national side. An event is on disk before the answer
 * leaves, and nothing changes or removes it.
 */
@NullMarked
package se.nhv.fhir.server.audit;

import org.jspecify.annotations.NullMarked;
