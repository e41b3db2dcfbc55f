/**
 * One run from a source of patients to reports: observable, one outcome per patient, never lost to
 * one bad patient.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "measure",
      "content",
      "store",
      "intake",
      "intake :: pull",
      "intake :: bulk",
      "intake :: quality",
      "evaluation",
      "reporting",
      "reporting :: submission"
    })
package se.nhv.fhir.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
