package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.ProfileFiles;
import se.nhv.fhir.content.ResourceValidator;
import se.nhv.fhir.measure.RawResource;

/** What a unit without data faults says is valid by the profiles; what a faulty one says is not. */
class ProfileConformityTest {

  private static final SyntheticUnit UNIT = SyntheticHospitals.units().get(0);

  private final ResourceValidator validator = ProfileFiles.validator();

  @Test
  void everyResourceOfFiftyPatientsWithoutFaultsIsValid() {
    List<String> issues =
        Stream.concat(organization(), resources(FaultRates.NONE, 50))
            .flatMap(this::errors)
            .toList();
    assertThat(issues).isEmpty();
  }

  @Test
  void everyResourceOfTheOtherAreasWithoutFaultsIsValid() {
    for (CareArea area : List.of(CareArea.ABK, CareArea.SCT, CareArea.BBC)) {
      List<String> issues =
          ofArea(area, FaultRates.NONE, 20).flatMap(this::errors).distinct().toList();
      assertThat(issues).as(area.toString()).isEmpty();
    }
  }

  @Test
  void aDateWithoutADayIsFoundByTheProfiles() {
    FaultRates months = new FaultRates(0, 0, 0, 1, 0, 0);
    assertThat(resources(months, 3).flatMap(this::errors)).isNotEmpty();
  }

  private static Stream<String> organization() {
    return Stream.of(
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(UNIT.organization()));
  }

  private static Stream<String> resources(FaultRates faults, int count) {
    SyntheticNetCare care = ReadBack.care(UNIT.withFaults(faults));
    return IntStream.rangeClosed(1, count)
        .mapToObj(care::patient)
        .flatMap(patient -> patient.record().resources().stream())
        .map(RawResource::text);
  }

  /** Of the first patients of the first unit that gives such care. */
  private static Stream<String> ofArea(CareArea area, FaultRates faults, int count) {
    SyntheticUnit unit =
        SyntheticHospitals.units().stream()
            .filter(each -> each.areas().containsKey(area))
            .findFirst()
            .orElseThrow();
    return new SyntheticCare(unit.withFaults(faults), ReadBack.SEED, CareYears.NET_2022_TO_2025)
        .patients(area)
        .limit(count)
        .flatMap(patient -> patient.record().resources().stream())
        .map(RawResource::text);
  }

  private Stream<String> errors(String json) {
    return validator.validate(json).getIssue().stream()
        .filter(
            issue ->
                issue.getSeverity() == IssueSeverity.ERROR
                    || issue.getSeverity() == IssueSeverity.FATAL)
        .map(issue -> issue.getExpression() + ": " + issue.getDiagnostics());
  }
}
