package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.PatientRecord;

/**
 * The care of neuroendocrine tumours at one made-up unit, as that unit's FHIR server would tell it.
 * Patient number n depends on the seed, the unit, the years and n alone: the same on every machine,
 * in every locale and time zone, however many are made and in whatever order. Immutable and
 * thread-safe; a patient exists only while its reader holds it.
 */
public final class SyntheticNetCare {

  private final SyntheticUnit unit;
  private final long seed;
  private final CareYears years;

  /** The care at that unit in those years; another seed gives other patients. */
  public SyntheticNetCare(SyntheticUnit unit, long seed, CareYears years) {
    this.unit = unit;
    this.seed = seed;
    this.years = years;
  }

  /** The unit. */
  public SyntheticUnit unit() {
    return unit;
  }

  /** How many patients a unit of this size has in these years. */
  public int usualCount() {
    return (int) Math.round(unit.traits().newPatientsPerYear() * years.length());
  }

  /** As many patients as a unit of this size has, in the order of their numbers. */
  public Stream<SyntheticPatient> patients() {
    return patients(usualCount());
  }

  /** The first patients, made one by one as the stream is read; may be read in parallel. */
  public Stream<SyntheticPatient> patients(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(this::patient);
  }

  /** The first patients as JSON, made one by one as the stream is read. */
  public Stream<PatientRecord> records(int count) {
    return patients(count).map(SyntheticPatient::record);
  }

  /** The patient with that number, from 1. */
  public SyntheticPatient patient(int number) {
    Chance chance = Chance.of(seed, unit.unit().hsaId(), number);
    LocalDate referred = chance.dayBetween(years.first(), years.extracted().minusDays(7));
    LocalDate birth = Person.birth(chance, referred);
    @Nullable LocalDate death = Person.death(chance, referred, years.extracted());
    Chart chart = new Chart("p" + number, unit, chance, years.extracted(), death);
    Person.write(chart, unit.unit().hsaId() + "-" + number, birth, death);
    new Pathway(chart, Diagnosis.of(chance, unit.traits())).from(referred);
    return chart.finished();
  }
}
