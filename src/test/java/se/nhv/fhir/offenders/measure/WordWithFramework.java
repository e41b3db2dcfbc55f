package se.nhv.fhir.offenders.measure;

import org.hl7.fhir.r4.model.Period;
import org.springframework.stereotype.Component;

/** A word that only a FHIR library and a container understand. */
@Component
record WordWithFramework(Period period) {}
