/** The commands of {@code nhv.jar}; exit codes live here and nowhere else. */
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
      "synthetic",
      "server"
    })
package se.nhv.fhir.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
