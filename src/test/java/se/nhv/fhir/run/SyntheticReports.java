package se.nhv.fhir.run;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * What a unit of the demo reports, of the care that the demo has it give.
 *
 * @param unit the unit
 * @param patients its patients
 */
public record SyntheticReports(SyntheticUnit unit, List<PatientRecord> patients) {

  /** The Measures. */
  public static final Content CONTENT = Content.packed();

  /** Of that unit. */
  public static SyntheticReports of(SyntheticUnit unit) {
    return new SyntheticReports(
        unit, SyntheticHospitals.care(unit).patients().map(SyntheticPatient::record).toList());
  }

  /** A report of each Measure of all its care, as of 15 March of the reporting year. */
  public List<MeasureReport> in(ReportingYear year) {
    List<Area> areas = unit.areas().keySet().stream().map(CareArea::area).toList();
    LocalDate asOf = LocalDate.of(year.value(), 3, 15);
    EvaluationRequest request = new OwedMeasures(CONTENT).request(areas, year, asOf);
    ReportSubject subject = new ReportSubject(unit.unit(), asOf, ReportSubject.NO_MAPPING);
    return new EvaluationRun(new ReferenceEngine(CONTENT), 2)
        .evaluate(new ListedPatients(patients), request, subject, done -> {})
        .reports();
  }
}
