package se.nhv.fhir.reporting.national;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportPage;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.store.Applied.Effect;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.VersionConflictException;

/**
 * The reports that units have submitted, and Riket from them. A submitted report is never changed:
 * a later revision stands beside the earlier ones, with its sign-offs and its reason. Its revision
 * is its version. What comes in is made anew from named elements, report and sign-offs alike. Safe
 * for use by many threads and processes at once.
 *
 * <p>A revision, its sign-offs and the Riket that follows from it are kept in one transaction, so
 * that neither can be seen, or survive a crash, without the others.
 */
public final class NationalReports {

  /** Where submitted reports, their steps and Riket are kept; no unit can have that id. */
  public static final String PARTITION = "national";

  /** Each attempt that fails means that another one has succeeded. */
  private static final int ATTEMPTS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(NationalReports.class);

  private final ResourceStore store;
  private final Content content;
  private final Clock clock;
  private final Reports reports;
  private final ReportSteps steps;
  private final NationalLevel national;
  private final ReceiptChecks checks;

  /**
   * Over the reports store.
   *
   * @param fhir a context of FHIR R4
   * @param content the Measures that are known and owed
   * @param permits who should report, and who may; if there are none at all, every unit may
   * @param clock the time of a submission that names none; its day, in its zone, says what is owed
   */
  public NationalReports(
      ResourceStore store, FhirContext fhir, Content content, ExpectedUnits permits, Clock clock) {
    this.store = store;
    this.content = content;
    this.clock = clock;
    this.reports = Reports.in(PARTITION, store, fhir);
    this.steps = new ReportSteps(store, fhir, PARTITION);
    this.national = new NationalLevel(reports, content, permits);
    this.checks = new ReceiptChecks(content, permits, clock);
  }

  /**
   * Keeps a unit's signed report as that revision, durably and whole. The same revision with the
   * same content and sign-offs again has no effect and gets the same answer.
   *
   * @param from who submits, as the access says; it must be the reporter
   * @param report a complete summary report of an owed Measure and period, for which the unit held
   *     a permit, with figures that can be and are written as the Measure has them
   * @param signOffs a Provenance each for {@code granskad} and {@code godkand}, by two people, both
   *     bound to this content; and one for {@code inlamnad} if a person submitted it
   * @param revision 1, or one more than the latest
   * @param reason what was corrected; needed from revision 2
   * @throws se.nhv.fhir.reporting.ReportRefusedException with the element that is not as it must be
   * @throws RevisionConflictException if it is not the next revision, or that revision has other
   *     content
   */
  public Received receive(
      Unit from,
      MeasureReport report,
      List<Provenance> signOffs,
      int revision,
      @Nullable String reason) {
    MeasureReport summary = reports.summary(report);
    if (Masking.isIn(summary)) {
      throw Refusals.report("MeasureReport", "has masked figures");
    }
    SubmittedReport submitted = SubmittedReport.of(summary, content);
    if (!submitted.unit().equals(from)) {
      throw Refusals.signOff("MeasureReport.reporter", "must be the unit that submits, " + from);
    }
    checks.require(submitted);
    String hash = submitted.hash();
    String id = summary.getIdPart();
    SignOffs signed = SignOffs.of(signOffs, id, from, hash);
    Submission submission = new Submission(id, submitted, hash, signed, revision, reason);
    return untilKept(() -> receive(submission));
  }

  private Received receive(Submission submission) {
    Optional<MeasureReport> latest = reports.read(submission.id());
    int current = latest.map(NationalLevel::revision).orElse(0);
    if (submission.revision() <= current) {
      return again(submission, current);
    }
    if (submission.revision() > current + 1) {
      throw new RevisionConflictException(
          "the latest revision of %s is %d: submit this as revision %d"
              .formatted(submission.id(), current, current + 1));
    }
    if (latest.filter(report -> ReportHash.of(report).equals(submission.hash())).isPresent()) {
      throw new RevisionConflictException(
          "%s is the same as its revision %d: there is nothing to revise"
              .formatted(submission.id(), current));
    }
    List<Change> changes = new ArrayList<>();
    changes.add(reports.change(submission.report().report(), (long) current));
    submission
        .steps(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .forEach(step -> changes.add(steps.change(step, submission.report().unit())));
    national.change(submission).ifPresent(changes::add);
    store.apply(changes);
    return new Received(submission.id(), submission.revision());
  }

  private Received again(Submission submission, int current) {
    MeasureReport kept = reports.read(submission.id(), submission.revision()).orElseThrow();
    if (!submission.isSameAs(kept, steps.of(submission.reference()))) {
      throw new RevisionConflictException(
          ("revision %d of %s is kept already, with other content, sign-offs or reason; a correction"
                  + " is submitted as revision %d")
              .formatted(submission.revision(), submission.id(), current + 1));
    }
    return new Received(submission.id(), submission.revision());
  }

  /**
   * Keeps the authority's answers to the latest revisions of some reports, durably, all of them or
   * none; the same again has no effect. A revision has one answer, which is never changed: another
   * is given to the next revision.
   *
   * @param given for each report a Provenance for {@code mottagen}, or for {@code aterlamnad} with
   *     a reason, bound to the content of that revision
   * @return the answers as they are kept
   * @throws se.nhv.fhir.reporting.ReportRefusedException if one is none
   * @throws RevisionConflictException if a revision has been superseded, or has another answer
   */
  public List<Provenance> answer(List<Provenance> given) {
    List<Answer> answers = given.stream().map(Answer::of).toList();
    return untilKept(() -> keep(answers));
  }

  private List<Provenance> keep(List<Answer> answers) {
    List<Change> changes = new ArrayList<>();
    for (Answer answer : answers) {
      MeasureReport latest =
          reports
              .read(answer.id())
              .orElseThrow(() -> Refusals.signOff("Provenance.target", "is no submitted report"));
      Optional<Provenance> kept = steps.answer(answer.reference());
      if (kept.isPresent()) {
        answer.requireSame(kept.get());
      } else {
        answer.requireAbout(latest);
        changes.add(steps.change(answer.step(), SubmittedReport.unit(latest)));
      }
    }
    store.apply(changes);
    return answers.stream().map(it -> steps.answer(it.reference()).orElseThrow()).toList();
  }

  /** The latest revision; empty if there is no such report. */
  public Optional<MeasureReport> read(String id) {
    return reports.read(id);
  }

  /** That revision, from 1; empty if there is none. */
  public Optional<MeasureReport> read(String id, long revision) {
    return reports.read(id, revision);
  }

  /** Every revision, the newest first; empty if there is no such report. */
  public List<MeasureReport> history(String id) {
    return reports.history(id);
  }

  /**
   * One page of the latest revisions that match, those of Riket among them.
   *
   * @throws IllegalArgumentException if a value of the query cannot be read
   */
  public ReportPage find(ReportQuery query) {
    return reports.find(query);
  }

  /**
   * The latest revisions that match, from that page on to the last.
   *
   * @throws IllegalArgumentException if a value of the query cannot be read
   */
  public List<MeasureReport> all(ReportQuery first) {
    return reports.all(first);
  }

  /** The steps of that revision in the order of their times; empty if there are none. */
  public List<Provenance> steps(String id, long revision) {
    return steps.of(ReportSteps.reference(id, revision));
  }

  /** Whether the authority's answer to that revision, as it was read, is a return. */
  public boolean isReturned(MeasureReport revision) {
    return steps(revision.getIdPart(), NationalLevel.revision(revision)).stream()
        .flatMap(step -> ReportStep.codeOf(step).stream())
        .anyMatch(ReportingStep.RETURNED::equals);
  }

  /**
   * Which figures differ between two revisions, in the order of the report; empty if none does.
   *
   * @throws IllegalArgumentException if there is no such revision
   */
  public List<FigureDifference> differences(String id, long from, long to) {
    return Figures.differences(revision(id, from), revision(id, to));
  }

  private MeasureReport revision(String id, long revision) {
    return reports
        .read(id, revision)
        .orElseThrow(
            () -> new IllegalArgumentException("report " + id + " has no revision " + revision));
  }

  /**
   * Works every Riket out anew, as is needed when permits have changed; what is the same makes no
   * new revision.
   *
   * @return how many have a new revision
   */
  public int refreshRiket() {
    int renewed = 0;
    for (FinalReports.Owed owed : national.all()) {
      renewed += untilKept(() -> refresh(owed)) ? 1 : 0;
    }
    return renewed;
  }

  private boolean refresh(FinalReports.Owed owed) {
    List<Change> changes = national.change(owed, null).map(List::of).orElse(List.of());
    return store.apply(changes).stream().anyMatch(a -> a.effect() != Effect.UNCHANGED);
  }

  /** Repeats what others have overtaken, with what is there then. */
  private static <T> T untilKept(Supplier<T> attempt) {
    for (int i = 1; i < ATTEMPTS; i++) {
      try {
        return attempt.get();
      } catch (VersionConflictException overtaken) {
        LOG.debug("attempt {} was overtaken", i);
      }
    }
    return attempt.get();
  }
}
