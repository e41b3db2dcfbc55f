package se.nhv.fhir.reporting.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.reporting.ReportingStep;

/**
 * A submission as a FHIR R4 transaction: PUT of the MeasureReport and of its Provenances. The
 * number of the revision stands in what must be there before it: If-None-Match * for the first,
 * If-Match of the one before for a later; its reason in the Provenance {@code inlamnad}.
 */
public final class SubmissionBundle {

  private static final Pattern ETAG = Pattern.compile("W/\"([1-9][0-9]{0,8})\"");
  private static final Pattern LOCATION =
      Pattern.compile("(?:.*/)?MeasureReport/([A-Za-z0-9.-]{1,64})/_history/([1-9][0-9]{0,8})");
  private static final int MOST_ENTRIES = 4;

  private SubmissionBundle() {}

  /** The transaction that hands the report in. */
  public static Bundle of(OutgoingReport outgoing) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    BundleEntryRequestComponent report = put(bundle, outgoing.report());
    if (outgoing.revision() == 1) {
      report.setIfNoneMatch("*");
    } else {
      report.setIfMatch(etag(outgoing.revision() - 1L));
    }
    outgoing.steps().forEach(step -> put(bundle, step));
    return bundle;
  }

  private static BundleEntryRequestComponent put(Bundle bundle, Resource resource) {
    BundleEntryComponent entry = bundle.addEntry().setResource(resource);
    return entry
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
  }

  /**
   * Reads a transaction that hands a report in.
   *
   * @throws IllegalArgumentException if it is none, with the element at fault
   */
  public static OutgoingReport read(Bundle bundle) {
    require(bundle.getType() == BundleType.TRANSACTION, "Bundle.type", "must be transaction");
    require(
        bundle.getEntry().size() <= MOST_ENTRIES,
        "Bundle.entry",
        "holds more than a report, its two signatures and who handed it in");
    MeasureReport report = null;
    int revision = 0;
    List<Provenance> steps = new ArrayList<>();
    for (int i = 0; i < bundle.getEntry().size(); i++) {
      BundleEntryComponent entry = bundle.getEntry().get(i);
      String place = "Bundle.entry[" + i + "]";
      requirePut(entry, place);
      if (entry.getResource() instanceof MeasureReport it) {
        require(report == null, place, "is a second MeasureReport: send one at a time");
        report = it;
        revision = revision(entry.getRequest(), place);
      } else if (entry.getResource() instanceof Provenance it) {
        steps.add(it);
      } else {
        throw refused(place, "is neither a MeasureReport nor a Provenance");
      }
    }
    if (report == null) {
      throw refused("Bundle.entry", "holds no MeasureReport");
    }
    return new OutgoingReport(report, steps, revision, reason(steps));
  }

  private static void requirePut(BundleEntryComponent entry, String place) {
    Resource resource = entry.getResource();
    require(resource != null, place + ".resource", "is missing");
    boolean put =
        resource != null
            && entry.getRequest().getMethod() == HTTPVerb.PUT
            && (resource.fhirType() + "/" + resource.getIdElement().getIdPart())
                .equals(entry.getRequest().getUrl());
    require(put, place + ".request", "must be PUT of the resource's own type and id");
  }

  private static int revision(BundleEntryRequestComponent request, String place) {
    if ("*".equals(request.getIfNoneMatch()) && !request.hasIfMatch()) {
      return 1;
    }
    Matcher before = ETAG.matcher(String.valueOf(request.getIfMatch()));
    require(
        before.matches() && !request.hasIfNoneMatch(),
        place + ".request",
        "must say by ifNoneMatch * that it is the first revision, or by ifMatch W/\"n\" after which"
            + " it comes");
    return Integer.parseInt(before.group(1)) + 1;
  }

  private static @Nullable String reason(List<Provenance> steps) {
    return steps.stream()
        .filter(
            it ->
                ReportingStep.SUBMITTED
                    .code()
                    .equals(it.getActivity().getCodingFirstRep().getCode()))
        .filter(Provenance::hasReason)
        .map(it -> it.getReasonFirstRep().getText())
        .findFirst()
        .orElse(null);
  }

  /** The answer to a submission that was taken, now or before. */
  public static Bundle answer(OutgoingReport outgoing, Receipt receipt) {
    Bundle answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
    answer
        .addEntry()
        .getResponse()
        .setStatus("200 OK")
        .setLocation("MeasureReport/" + receipt.report() + "/_history/" + receipt.revision())
        .setEtag(etag(receipt.revision()));
    outgoing.steps().forEach(step -> answer.addEntry().getResponse().setStatus("200 OK"));
    return answer;
  }

  /** What an answer says was received; empty if it is not the answer to a submission. */
  public static Optional<Receipt> receipt(Bundle answer) {
    Matcher location =
        LOCATION.matcher(String.valueOf(answer.getEntryFirstRep().getResponse().getLocation()));
    return answer.getType() == BundleType.TRANSACTIONRESPONSE && location.matches()
        ? Optional.of(new Receipt(location.group(1), Long.parseLong(location.group(2))))
        : Optional.empty();
  }

  private static String etag(long revision) {
    return "W/\"" + revision + "\"";
  }

  private static void require(boolean holds, String element, String why) {
    if (!holds) {
      throw refused(element, why);
    }
  }

  private static IllegalArgumentException refused(String element, String why) {
    return new IllegalArgumentException(element + " " + why);
  }
}
