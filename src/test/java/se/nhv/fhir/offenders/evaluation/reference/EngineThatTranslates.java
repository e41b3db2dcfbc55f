package se.nhv.fhir.offenders.evaluation.reference;

import org.cqframework.cql.cql2elm.CqlCompilerOptions;

/** An engine with an opinion on how CQL is translated. */
record EngineThatTranslates(CqlCompilerOptions options) {}
