package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.synthetic.SyntheticPatient;

/** Patients of the journey: what tells who they are, and one who has more care. */
final class JourneyPatients {

  private static final String ATGARD = Canonicals.ROOT + "/CodeSystem/atgard";

  private JourneyPatients() {}

  /** Everything that tells who the patient is. */
  static Set<String> wordsOf(Patient patient) {
    Set<String> words = new TreeSet<>();
    patient.getIdentifier().forEach(identifier -> words.add("\"" + identifier.getValue() + "\""));
    for (HumanName name : patient.getName()) {
      words.add("\"" + name.getFamily() + "\"");
      name.getGiven().forEach(given -> words.add("\"" + given.getValue() + "\""));
    }
    if (patient.hasBirthDate()) {
      words.add(patient.getBirthDateElement().getValueAsString());
    }
    assertThat(words).hasSizeGreaterThan(1);
    return words;
  }

  /** The first MDK in 2024 of a patient of unit 1 who had none in that year. */
  static Procedure oneMoreConference(Journey journey) {
    SyntheticPatient patient =
        journey
            .patients(1)
            .filter(p -> conferences(p).noneMatch(mdk -> day(mdk).startsWith("2024")))
            .findFirst()
            .orElseThrow();
    Procedure other =
        journey.patients(1).flatMap(JourneyPatients::conferences).findFirst().orElseThrow();
    Procedure mdk = new Procedure();
    mdk.setId("one-more");
    mdk.setStatus(Procedure.ProcedureStatus.COMPLETED);
    mdk.setSubject(new Reference("Patient/" + patient.id()));
    mdk.setCategory(other.getCategory());
    mdk.setReasonCode(other.getReasonCode());
    mdk.setPerformed(new DateTimeType("2024-06-03"));
    return mdk;
  }

  private static Stream<Procedure> conferences(SyntheticPatient patient) {
    return patient.resources().stream()
        .filter(Procedure.class::isInstance)
        .map(Procedure.class::cast)
        .filter(procedure -> procedure.getCategory().hasCoding(ATGARD, "net-mdk"));
  }

  private static String day(Procedure procedure) {
    return String.valueOf(procedure.getPerformed().primitiveValue());
  }
}
