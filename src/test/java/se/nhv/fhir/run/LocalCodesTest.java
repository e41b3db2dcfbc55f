package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.FolderIntake;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.PatientFolder;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.mapping.UnitMapping;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** A unit that writes its own codes reports the same as one that writes the contract's. */
class LocalCodesTest {

  private static final int PATIENTS = 40;
  private static final LocalDate AS_OF = LocalDate.of(2025, 3, 15);
  private static final Content CONTENT = Content.packed();
  private static final ContractCodes CONTRACT = ContractCodes.of(CONTENT);
  private static final SyntheticUnit HOSPITAL = SyntheticHospitals.units().get(0);
  private static final Unit UNIT = HOSPITAL.unit();

  private final List<RawResource> plain =
      new SyntheticNetCare(HOSPITAL, 7, CareYears.NET_2022_TO_2025)
          .records(PATIENTS)
          .flatMap(patient -> patient.resources().stream())
          .toList();
  private final LocalCodes local = new LocalCodes();
  private final List<RawResource> localized = plain.stream().map(local::of).toList();

  @Test
  void everyWayInGivesTheSameReportsAsThePlainUnit(@TempDir Path temp) throws IOException {
    Path data = LocalCodes.write(temp.resolve("local"), localized);
    List<MeasureReport> wanted =
        reports(new PatientFolder(LocalCodes.write(temp.resolve("plain"), plain)), "ingen");
    UnitMapping mapping = UnitMapping.judged(local.mapping(), CONTRACT);

    List<MeasureReport> ofFolder = reports(new PatientFolder(data, mapping), mapping.version());
    assertThat(figures(ofFolder)).isEqualTo(figures(wanted));
    assertThat(figures(reports(new PatientFolder(data), "ingen")))
        .as("without the mapping nobody is counted")
        .isNotEqualTo(figures(wanted));

    try (Hospital mapped = new Hospital();
        Hospital late = new Hospital()) {
      mapped.mappings.replace(UNIT, local.mapping());
      mapped.remapping.run(UNIT);
      mapped.load(data);
      List<MeasureReport> ofPush = mapped.reports();
      assertThat(figures(ofPush)).isEqualTo(figures(wanted));

      late.load(data);
      late.mappings.replace(UNIT, local.mapping());
      late.remapping.run(UNIT);
      assertThat(json(late.reports()))
          .as("a mapping after the push gives the bytes of a fresh push")
          .isEqualTo(json(ofPush));
      assertThat(json(late.reports()).toString()).contains(mapping.version());
    }
  }

  private static List<MeasureReport> reports(PatientSource source, String mappingVersion) {
    EvaluationRequest request =
        new OwedMeasures(CONTENT).request(new Area("net"), new ReportingYear(2025), AS_OF);
    return new EvaluationRun(new ReferenceEngine(CONTENT), 2)
        .evaluate(source, request, new ReportSubject(UNIT, AS_OF, mappingVersion), done -> {})
        .reports();
  }

  private static List<String> json(List<MeasureReport> reports) {
    return reports.stream()
        .map(it -> FhirContext.forR4Cached().newJsonParser().encodeResourceToString(it))
        .toList();
  }

  /** All but what names the data and the mapping. */
  private static List<String> figures(List<MeasureReport> reports) {
    return json(
        reports.stream()
            .map(MeasureReport::copy)
            .peek(
                it -> {
                  Extension basis =
                      it.getExtensionByUrl(Canonicals.structureDefinition("underlag"));
                  basis.getExtensionByUrl("snapshotHash").setValue(null);
                  basis.getExtensionByUrl("mappingVersion").setValue(null);
                })
            .toList());
  }

  /** A store with the unit's mapping. */
  private static final class Hospital implements AutoCloseable {

    private final MemoryDatabase database = new MemoryDatabase();
    private final StoredMappings mappings = new StoredMappings(database.store(), () -> CONTRACT);
    private final Intake intake = new StoreIntake(database.store(), mappings);
    private final Remapping remapping = new Remapping(database.store(), mappings, intake);

    void load(Path data) {
      assertThat(new FolderIntake(intake).load(UNIT, data, handled -> {}).gaps()).isEmpty();
    }

    List<MeasureReport> reports() {
      return LocalCodesTest.reports(
          new StoredPatients(database.store(), UNIT),
          mappings.settledVersion(UNIT).orElse("ingen"));
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
