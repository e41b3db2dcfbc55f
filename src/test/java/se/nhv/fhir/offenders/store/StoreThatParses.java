package se.nhv.fhir.offenders.store;

import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationContext;

/** A store that knows more than bytes. */
record StoreThatParses(Resource resource, ApplicationContext context) {}
