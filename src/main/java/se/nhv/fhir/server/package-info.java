/**
 * The HTTP doors and who may pass them: patient data at {@code /intake}, reports at {@code /fhir},
 * health under {@code /actuator}.
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
      "intake :: mapping",
      "intake :: quality",
      "evaluation",
      "evaluation :: reference",
      "reporting",
      "reporting :: signoff",
      "reporting :: submission",
      "reporting :: obligation",
      "reporting :: national",
      "publication",
      "run",
      "run :: jobs",
      "synthetic"
    })
package se.nhv.fhir.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
