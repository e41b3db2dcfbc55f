/**
 * What both doors share: shelves that are read and searched, parts that features add, answers and
 * refusals.
 */
@NullMarked
package se.nhv.fhir.server.door;

import org.jspecify.annotations.NullMarked;
