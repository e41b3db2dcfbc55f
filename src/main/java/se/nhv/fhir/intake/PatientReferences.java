package se.nhv.fhir.intake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References to a Patient, relative or absolute, with or without version (FHIR R4, references). */
public final class PatientReferences {

  private static final Pattern PATIENT =
      Pattern.compile(
          "(?:https?://[^?#]+/)?Patient/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?");

  private PatientReferences() {}

  /** The id of the Patient; empty if the reference leads to none. */
  public static Optional<String> id(String reference) {
    Matcher matcher = PATIENT.matcher(reference);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
