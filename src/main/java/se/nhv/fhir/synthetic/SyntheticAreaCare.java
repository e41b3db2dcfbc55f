package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The care of one area at one made-up unit. Patient number n depends on the seed, the unit, the
 * area, the years and n alone. Immutable and thread-safe.
 */
final class SyntheticAreaCare {

  private final SyntheticUnit unit;
  private final CareArea area;
  private final long seed;
  private final CareYears years;

  /**
   * The care of that area at that unit in those years.
   *
   * @throws IllegalArgumentException if the unit gives no such care
   */
  SyntheticAreaCare(SyntheticUnit unit, CareArea area, long seed, CareYears years) {
    unit.traits(area);
    this.unit = unit;
    this.area = area;
    this.seed = seed;
    this.years = years;
  }

  int usualCount() {
    return (int) Math.round(unit.traits(area).newPatientsPerYear() * years.length());
  }

  Stream<SyntheticPatient> patients(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(this::patient);
  }

  SyntheticPatient patient(int number) {
    String hsaId = unit.unit().hsaId();
    Chance chance = Chance.of(seed, area.stream(hsaId), number);
    LocalDate referred = chance.dayBetween(years.first(), years.extracted().minusDays(7));
    LocalDate birth = area.lifespan().birth(chance, referred);
    @Nullable LocalDate death = area.lifespan().death(chance, referred, years.extracted());
    Chart chart = new Chart(area.patientId(number), unit, area, chance, years.extracted(), death);
    Person.write(chart, area.identifier(hsaId, number), birth, death);
    area.tell(chart, referred);
    return chart.finished();
  }
}
