package se.nhv.fhir.server.signoff;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.signoff.SignOffRefusedException;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.SubmissionOrder;
import se.nhv.fhir.reporting.submission.SubmissionRefusedException;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.run.jobs.SubmitJob;
import se.nhv.fhir.server.door.Accepted;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.VersionedProvider;
import se.nhv.fhir.server.reports.ReportShelf;

/** A unit's own reports, how two of its people sign them, and how they are handed in. */
public final class SignOffProvider extends VersionedProvider {

  /** $review, $approve and $submit at a MeasureReport. */
  static final List<DoorType.Operation> SIGN =
      List.of(
          operation(
              "review",
              "POST at a MeasureReport with version, the version that was looked through: signs it as"
                  + " the person of the token. Answers the Provenance; 412 if there is a newer"
                  + " version, 422 if it cannot be signed."),
          operation(
              "approve",
              "POST at a MeasureReport with version: another person than who reviewed it stands for"
                  + " it. Answers as $review does."),
          operation(
              "submit",
              "POST at a MeasureReport whose latest version is approved, with reason (what was"
                  + " corrected; needed when an earlier version is handed in): hands it in as a job,"
                  + " with 202 and Content-Location of its Task; 422 if it is not approved."));

  private final ReportShelf shelf;
  private final SignOffs signOffs;
  private final Submissions submissions;
  private final Jobs jobs;
  private final Clock clock;

  SignOffProvider(
      ReportShelf shelf, SignOffs signOffs, Submissions submissions, Jobs jobs, Clock clock) {
    super(shelf);
    this.shelf = shelf;
    this.signOffs = signOffs;
    this.submissions = submissions;
    this.jobs = jobs;
    this.clock = clock;
  }

  private static DoorType.Operation operation(String name, String documentation) {
    return new DoorType.Operation(
        name, Canonicals.ROOT + "/OperationDefinition/" + name, documentation);
  }

  /** How a version of a report is signed. */
  @FunctionalInterface
  private interface Signing {
    SignedStep sign(String report, long version, Signatory who);
  }

  /** $review: the first person has looked through a version. */
  @Operation(name = "$review")
  public Provenance review(
      @IdParam IdType id,
      @OperationParam(name = "version", min = 0) @Nullable IntegerType version,
      RequestDetails request) {
    return signed(id, version, request, (r, v, who) -> signOffs.review(r, v, who, clock.instant()));
  }

  /** $approve: another person stands for it. */
  @Operation(name = "$approve")
  public Provenance approve(
      @IdParam IdType id,
      @OperationParam(name = "version", min = 0) @Nullable IntegerType version,
      RequestDetails request) {
    return signed(
        id, version, request, (r, v, who) -> signOffs.approve(r, v, who, clock.instant()));
  }

  private Provenance signed(
      IdType id, @Nullable IntegerType version, RequestDetails request, Signing signing) {
    OperationParameters.onlyKnown(request, List.of("version"));
    requireOwn(id, request);
    if (version == null || version.isEmpty() || version.getValue() < 1) {
      throw new InvalidRequestException(
          "The operation takes version, the meta.versionId of the report that was looked at.");
    }
    Signatory who = signatory(request);
    if (who == null) {
      throw refused("A person signs: the token names none.");
    }
    try {
      return signing.sign(id.getIdPart(), version.getValue(), who).provenance();
    } catch (SignOffRefusedException e) {
      throw answer(e, id);
    }
  }

  private static BaseServerResponseException answer(SignOffRefusedException e, IdType id) {
    String why = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case NO_REPORT -> new ResourceNotFoundException(ReadProvider.notFound(id));
      case NOT_LATEST ->
          new PreconditionFailedException(
              "Another version is current", Outcomes.error(IssueType.CONFLICT, why));
      default -> refused(why);
    };
  }

  /** $submit: hands the latest version in, as soon and as often as it takes. */
  @Operation(name = "$submit")
  public OperationOutcome submit(
      @IdParam IdType id,
      @OperationParam(name = "reason", min = 0) @Nullable StringType reason,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("reason"));
    requireOwn(id, request);
    SubmissionOrder order;
    try {
      order =
          submissions.order(
              Caller.unitOf(request),
              id.getIdPart(),
              signatory(request),
              reason == null ? null : reason.getValue(),
              clock.instant());
    } catch (SubmissionRefusedException | IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    if (order.reason() == null
        && jobs.open(order.unit()).stream()
            .anyMatch(open -> SubmitJob.isOfAnotherVersion(open, order))) {
      throw refused(
          "An earlier version of the report is on its way: say by reason what was corrected.");
    }
    return Accepted.of(jobs.start(SubmitJob.request(order)), request);
  }

  private void requireOwn(IdType id, RequestDetails request) {
    Caller caller = Caller.of(request);
    caller.requireUnit();
    boolean own =
        shelf
            .read(caller, id.getIdPart())
            .filter(it -> it instanceof MeasureReport report && report.getReporter().hasReference())
            .isPresent();
    if (!own) {
      throw new ResourceNotFoundException(ReadProvider.notFound(id));
    }
  }

  /** The person who asks; null if the unit's system does. */
  private static @Nullable Signatory signatory(RequestDetails request) {
    if (!(Caller.of(request) instanceof Caller.UnitStaff staff)) {
      return null;
    }
    try {
      return new Signatory(staff.person(), staff.name());
    } catch (IllegalArgumentException e) {
      throw refused("The token names a person who cannot sign: " + e.getMessage());
    }
  }

  private static UnprocessableEntityException refused(String why) {
    return new UnprocessableEntityException("Refused", Outcomes.error(IssueType.BUSINESSRULE, why));
  }
}
