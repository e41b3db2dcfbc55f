/**
 * Versioned FHIR resources on SQL: atomic batches, history, optimistic locking and keyset paging,
 * on H2 or PostgreSQL. It knows JSON bytes, keys and index entries, and nothing of what they mean.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure"})
package se.nhv.fhir.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
