package se.nhv.fhir.offenders.reporting;

import org.hl7.fhir.r4.model.Patient;
import se.nhv.fhir.offenders.run.RunHelper;

/** A report that can hold a patient, and that knows who made it. */
record ReportOfPatient(Patient subject, RunHelper run) {}
