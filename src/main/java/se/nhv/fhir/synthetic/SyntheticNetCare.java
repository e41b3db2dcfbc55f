package se.nhv.fhir.synthetic;

import java.util.stream.Stream;
import se.nhv.fhir.measure.PatientRecord;

/**
 * The care of neuroendocrine tumours at one made-up unit, as that unit's FHIR server would tell it.
 * Patient number n depends on the seed, the unit, the years and n alone: the same on every machine,
 * in every locale and time zone, however many are made and in whatever order. Immutable and
 * thread-safe; a patient exists only while its reader holds it.
 */
public final class SyntheticNetCare {

  private final SyntheticUnit unit;
  private final SyntheticAreaCare care;

  /** The care at that unit in those years; another seed gives other patients. */
  public SyntheticNetCare(SyntheticUnit unit, long seed, CareYears years) {
    this.unit = unit;
    this.care = new SyntheticAreaCare(unit, CareArea.NET, seed, years);
  }

  /** The unit. */
  public SyntheticUnit unit() {
    return unit;
  }

  /** How many patients a unit of this size has in these years. */
  public int usualCount() {
    return care.usualCount();
  }

  /** As many patients as a unit of this size has, in the order of their numbers. */
  public Stream<SyntheticPatient> patients() {
    return patients(usualCount());
  }

  /** The first patients, made one by one as the stream is read; may be read in parallel. */
  public Stream<SyntheticPatient> patients(int count) {
    return care.patients(count);
  }

  /** The first patients as JSON, made one by one as the stream is read. */
  public Stream<PatientRecord> records(int count) {
    return patients(count).map(SyntheticPatient::record);
  }

  /** The patient with that number, from 1. */
  public SyntheticPatient patient(int number) {
    return care.patient(number);
  }
}
