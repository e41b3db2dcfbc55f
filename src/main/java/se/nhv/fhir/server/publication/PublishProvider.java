package se.nhv.fhir.server.publication;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.publication.DisclosureRefusedException;
import se.nhv.fhir.publication.PublishedBundle;
import se.nhv.fhir.publication.PublishedDataSet;
import se.nhv.fhir.publication.YearlyRelease;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;

/** {@code $publish}: makes a release of what was submitted in a reporting year. */
public final class PublishProvider {

  /** $publish at the system. */
  static final DoorType.Operation PUBLISH =
      new DoorType.Operation(
          "publish",
          Canonicals.ROOT + "/OperationDefinition/publish",
          "POST with reportingYear and date (today if absent): makes a release of the latest"
              + " submitted reports and Riket (those that are returned count as not reported), hides what the disclosure policy hides, and attacks it"
              + " together with every earlier release. Answers Parameters: release, date, policy,"
              + " cells with a part for each state, and audit: the counts that are hidden and how"
              + " many of them could be worked out. What fails the audit is refused (422) and not"
              + " kept.");

  private static final List<String> KNOWN = List.of("reportingYear", "date");

  private final Supplier<YearlyRelease> release;
  private final Clock clock;

  /** The clock's zone decides which day it is. */
  PublishProvider(Supplier<YearlyRelease> release, Clock clock) {
    this.release = release;
    this.clock = clock;
  }

  /** Makes a release. */
  @Operation(name = "$publish")
  public Parameters publish(
      @OperationParam(name = "reportingYear", min = 0) @Nullable IntegerType reportingYear,
      @OperationParam(name = "date", min = 0) @Nullable DateType date,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, KNOWN);
    if (reportingYear == null || reportingYear.getValue() == null) {
      throw new InvalidRequestException(
          "$publish takes reportingYear and, if it is not today, date.");
    }
    LocalDate day = OperationParameters.day("date", date, LocalDate.now(clock));
    try {
      ReportingYear year = new ReportingYear(reportingYear.getValue());
      return answer(release.get().publish(year, day).published());
    } catch (IllegalArgumentException e) {
      throw refused(IssueType.BUSINESSRULE, e);
    }
  }

  private static Parameters answer(PublishedDataSet published) {
    Parameters answer = PublishedBundle.about(published);
    ParametersParameterComponent audit = answer.addParameter().setName("audit");
    audit
        .addPart()
        .setName("hiddenCounts")
        .setValue(new IntegerType((int) published.hiddenCounts()));
    audit.addPart().setName("workedOut").setValue(new IntegerType(0)); // else it is refused
    audit.addPart().setName("releases").setValue(new IntegerType(published.number()));
    return answer;
  }

  /** The answer to a release that is withheld. */
  static @Nullable BaseServerResponseException withheld(Throwable failure) {
    return failure instanceof DisclosureRefusedException e
        ? refused(IssueType.SUPPRESSED, e)
        : null;
  }

  private static UnprocessableEntityException refused(IssueType type, RuntimeException why) {
    return new UnprocessableEntityException(
        "Refused", Outcomes.error(type, String.valueOf(why.getMessage())));
  }
}
