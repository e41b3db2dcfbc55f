package se.nhv.fhir.synthetic;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.PatientRecord;

/**
 * A patient read back from the JSON that the generator wrote, by HAPI's strict parser, which throws
 * on anything that FHIR R4 does not have.
 */
record ReadBack(String id, List<Resource> resources) {

  static final long SEED = 20230401;

  static SyntheticNetCare care(SyntheticUnit unit) {
    return new SyntheticNetCare(unit, SEED, CareYears.NET_2022_TO_2025);
  }

  /** Every patient of every unit. */
  static List<ReadBack> all() {
    return SyntheticHospitals.units().stream().flatMap(ReadBack::patientsOf).toList();
  }

  static Stream<ReadBack> patientsOf(SyntheticUnit unit) {
    SyntheticNetCare care = care(unit);
    return care.records(care.usualCount()).map(ReadBack::of);
  }

  static ReadBack of(PatientRecord record) {
    IParser strict =
        FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    return new ReadBack(
        record.id(),
        record.resources().stream()
            .map(raw -> (Resource) strict.parseResource(raw.text()))
            .toList());
  }

  <T extends Resource> Stream<T> stream(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast);
  }

  @Override
  public String toString() {
    return "Patient/" + id;
  }
}
