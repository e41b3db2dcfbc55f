package se.nhv.fhir.intake;

import java.util.List;

/**
 * What came of loading a folder.
 *
 * @param changed resources stored new or in a new version
 * @param unchanged resources that were stored already
 * @param gaps what could not be read or was refused: file, line and reason, without any patient's
 *     data
 */
public record FolderOutcome(long changed, long unchanged, List<String> gaps) {

  /** Whether everything in the folder is now stored. */
  public boolean complete() {
    return gaps.isEmpty();
  }
}
