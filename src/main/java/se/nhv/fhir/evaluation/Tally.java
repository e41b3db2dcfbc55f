package se.nhv.fhir.evaluation;

import java.util.List;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import se.nhv.fhir.measure.PatientRecord;

/**
 * What all patients so far add up to. Tallies of the same request merge associatively, so that any
 * number of threads, chunks or machines come to the same. Not safe for many threads.
 */
public final class Tally {

  /** The reason by which a patient is reported who could not be evaluated. */
  public static final String NOT_EVALUABLE = "ej-utvarderbar";

  private final List<List<GroupTally>> measures;
  private final SnapshotHash snapshot = new SnapshotHash();
  private long patients;

  /** An empty tally for that request. */
  public Tally(EvaluationRequest request) {
    this.measures =
        request.measures().stream()
            .map(m -> m.measure().resource().getGroup().stream().map(Tally::empty).toList())
            .toList();
  }

  private static GroupTally empty(MeasureGroupComponent group) {
    return new GroupTally(group.getPopulation().size(), group.getStratifier().size());
  }

  /** Adds what came of one patient. A patient who was not evaluable counts so in every group. */
  public void add(PatientRecord patient, PatientOutcome outcome) {
    patients++;
    patient.resources().forEach(snapshot::add);
    for (int m = 0; m < measures.size(); m++) {
      List<GroupTally> groups = measures.get(m);
      for (int g = 0; g < groups.size(); g++) {
        if (outcome instanceof PatientOutcome.Evaluated evaluated) {
          groups.get(g).add(evaluated.measures().get(m).get(g));
        } else {
          groups.get(g).addBortfall(NOT_EVALUABLE, 1);
        }
      }
    }
  }

  /** Adds all of another tally of the same request. */
  public void merge(Tally other) {
    patients += other.patients;
    snapshot.merge(other.snapshot);
    for (int m = 0; m < measures.size(); m++) {
      for (int g = 0; g < measures.get(m).size(); g++) {
        measures.get(m).get(g).merge(other.measures.get(m).get(g));
      }
    }
  }

  /** How many patients were added. */
  public long patients() {
    return patients;
  }

  /** The groups of the Measure at that place in the request. */
  public List<GroupTally> groups(int measure) {
    return measures.get(measure);
  }

  /** A hash over every resource of every patient, the same in any order. */
  public String snapshotHash() {
    return snapshot.hex();
  }
}
