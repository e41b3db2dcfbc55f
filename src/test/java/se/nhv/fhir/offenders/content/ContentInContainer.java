package se.nhv.fhir.offenders.content;

import org.springframework.core.env.Environment;

/** Content that depends on where it runs. */
record ContentInContainer(Environment environment) {}
