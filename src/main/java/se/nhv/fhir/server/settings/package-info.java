/** Every setting of the server. */
@NullMarked
package se.nhv.fhir.server.settings;

import org.jspecify.annotations.NullMarked;
