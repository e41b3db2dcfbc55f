/** What units owe and how far it has come, the authority's answers to it, and the rates. */
@NullMarked
package se.nhv.fhir.server.obligation;

import org.jspecify.annotations.NullMarked;
