package se.nhv.fhir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.formats.JsonParser;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticPatient;

/**
 * The patients of a unit, with an identity planted in each: in its personnummer, of a 32nd day of a
 * 13th month, so that it is nobody's; in name, address and telephone; in the ids of all that is
 * told of it; and in the notes of its procedures.
 */
final class MarchPatients {

  private static final int PATIENTS = 8;
  private static final int IN_A_BUNDLE = 4;
  private static final String WORD = "kanarie";
  private static final String NUMBER = "18991332";
  private static final Pattern PLANTED =
      Pattern.compile("[a-z0-9./-]*(?:" + WORD + "|" + NUMBER + ")[a-z0-9./-]*");
  private static final String ATGARD = Canonicals.ROOT + "/CodeSystem/atgard";

  private final int unit;

  /** Of that unit, from 1. */
  MarchPatients(int unit) {
    this.unit = unit;
  }

  /** The HSA-id of that unit. */
  static String hsaId(int unit) {
    return SyntheticHospitals.units().get(unit - 1).unit().hsaId();
  }

  /** Every planted identity in those bytes, read as text. */
  static List<String> plantedIn(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return PLANTED.matcher(text).results().map(it -> it.group()).toList();
  }

  /** Everything in transaction Bundles, in JSON. */
  List<String> bundles() throws IOException {
    List<String> bundles = new ArrayList<>();
    List<SyntheticPatient> all = care().toList();
    for (int first = 0; first < all.size(); first += IN_A_BUNDLE) {
      List<String> entries = new ArrayList<>();
      for (int i = first; i < Math.min(first + IN_A_BUNDLE, all.size()); i++) {
        for (Resource resource : all.get(i).resources()) {
          entries.add(entry(all.get(i).id(), i + 1, resource));
        }
      }
      bundles.add(
          "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
              + String.join(",", entries)
              + "]}");
    }
    return bundles;
  }

  /** The path at the intake door of one more multidisciplinary conference in 2024. */
  String conferencePath() {
    return "intake/Procedure/" + conference().getIdPart();
  }

  /** That conference in JSON, of a patient who had none in that year. */
  String conferenceJson() throws IOException {
    return new JsonParser().composeString(conference());
  }

  private Procedure conference() {
    List<SyntheticPatient> all = care().toList();
    int number = 1;
    while (conferences(all.get(number - 1)).anyMatch(it -> day(it).startsWith("2024"))) {
      number++;
    }
    Procedure other = all.stream().flatMap(MarchPatients::conferences).findFirst().orElseThrow();
    Procedure conference = new Procedure();
    conference.setId(id(number) + "-one-more");
    conference.setStatus(Procedure.ProcedureStatus.COMPLETED);
    conference.setSubject(new Reference("Patient/" + id(number)));
    conference.setCategory(other.getCategory());
    conference.setReasonCode(other.getReasonCode());
    conference.setPerformed(new DateTimeType("2024-06-03"));
    return conference;
  }

  private Stream<SyntheticPatient> care() {
    return new SyntheticNetCare(
            SyntheticHospitals.units().get(unit - 1), 11, CareYears.NET_2022_TO_2025)
        .patients(PATIENTS);
  }

  private String id(int number) {
    return WORD + "-" + unit + "-" + number;
  }

  private String entry(String patient, int number, Resource resource) throws IOException {
    if (resource instanceof Patient it) {
      plant(it, number);
    } else if (resource instanceof Procedure it) {
      it.addNote().setText("Anhörig: " + WORD + "sson");
    }
    String json =
        new JsonParser()
            .composeString(resource)
            .replace("\"id\":\"" + patient, "\"id\":\"" + id(number))
            .replace("/" + patient, "/" + id(number));
    String url = resource.fhirType() + "/" + resource.getIdPart().replaceFirst(patient, id(number));
    return "{\"resource\":" + json + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + url + "\"}}";
  }

  private void plant(Patient patient, int number) {
    patient
        .addIdentifier()
        .setSystem("http://electronichealth.se/identifier/personnummer")
        .setValue(NUMBER + unit + "%03d".formatted(number));
    patient.getNameFirstRep().setFamily("Kanariesson" + unit + number).addGiven("Kanarie");
    patient.getAddressFirstRep().addLine("Kanariegatan " + unit + number);
    patient.addTelecom().setValue("kanarie" + unit + number + "@example.org");
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
