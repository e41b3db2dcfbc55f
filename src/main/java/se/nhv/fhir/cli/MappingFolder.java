package se.nhv.fhir.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.intake.ResourceMapping;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.MappingFiles;
import se.nhv.fhir.intake.mapping.UnitMapping;

/** What {@code --mapping} names. */
final class MappingFolder {

  private MappingFolder() {}

  /** The mapping in the folder, judged by the contract; none without a folder. */
  static ResourceMapping.InForce read(@Nullable Path folder, Content content) {
    return folder == null
        ? ResourceMapping.InForce.NONE
        : UnitMapping.judged(MappingFiles.read(folder), ContractCodes.of(content));
  }

  /** The version that a report names. */
  static String versionOf(ResourceMapping.InForce mapping) {
    return mapping.version().isEmpty() ? ReportSubject.NO_MAPPING : mapping.version();
  }
}
