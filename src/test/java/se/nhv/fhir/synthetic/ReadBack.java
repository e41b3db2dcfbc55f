package se.nhv.fhir.synthetic;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.PatientRecord;

/**
 * A patient read back from the JSON that the generator wrote, by HAPI's strict parser, which throws
 * on anything that FHIR R4 does not have.
 */
record ReadBack(String id, List<Resource> resources) {

  static final long SEED = 20230401;

  /** Read once for all tests. */
  private static final class All {
    static final List<ReadBack> PATIENTS =
        SyntheticHospitals.units().stream().flatMap(ReadBack::allOf).toList();
  }

  /** Read once for all tests. */
  private static final class Faultless {
    static final List<ReadBack> PATIENTS =
        SyntheticHospitals.units().stream()
            .map(unit -> unit.withFaults(FaultRates.NONE))
            .flatMap(ReadBack::allOf)
            .toList();
  }

  static SyntheticNetCare care(SyntheticUnit unit) {
    return new SyntheticNetCare(unit, SEED, CareYears.NET_2022_TO_2025);
  }

  /** Every patient of every area and unit. */
  static List<ReadBack> all() {
    return All.PATIENTS;
  }

  /** Every patient of every area and unit, in data without faults. */
  static List<ReadBack> faultless() {
    return Faultless.PATIENTS;
  }

  /** Every patient of every area of the unit. */
  static Stream<ReadBack> allOf(SyntheticUnit unit) {
    return new SyntheticCare(unit, SEED, CareYears.NET_2022_TO_2025).patients().map(ReadBack::of);
  }

  /** The patients of that area of the unit. */
  static Stream<ReadBack> patientsOf(SyntheticUnit unit, CareArea area) {
    return new SyntheticCare(unit, SEED, CareYears.NET_2022_TO_2025)
        .patients(area)
        .map(ReadBack::of);
  }

  /** The unit's patients with neuroendocrine or adrenal tumours. */
  static Stream<ReadBack> patientsOf(SyntheticUnit unit) {
    SyntheticNetCare care = care(unit);
    return care.records(care.usualCount()).map(ReadBack::of);
  }

  static ReadBack of(SyntheticPatient patient) {
    return of(patient.record());
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

  /** The completed or called-off Procedures of that kind. */
  Stream<Procedure> procedures(String atgard) {
    return stream(Procedure.class)
        .filter(p -> p.getCategory().hasCoding(Canonicals.codeSystem("atgard"), atgard));
  }

  /** The Observations of that code. */
  Stream<Observation> observations(String code) {
    return stream(Observation.class)
        .filter(o -> o.getCode().hasCoding(Canonicals.codeSystem("observation"), code));
  }

  @Override
  public String toString() {
    return "Patient/" + id;
  }
}
