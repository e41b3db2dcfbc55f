package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;

/** A referral (remiss) to the unit: written, registered, then accepted or refused. */
final class Referral {

  private static final String STATUS_REASON =
      "http://hl7.org/fhir/StructureDefinition/request-statusReason";

  private Referral() {}

  /**
   * Writes a referral that is accepted.
   *
   * @return null if this unit lost it, or if it came after the data were taken out
   */
  static @Nullable ServiceRequest accepted(Chart chart, LocalDate written, LocalDate registered) {
    if (!chart.reaches(registered)
        || chart.chance.happens(chart.traits.faults().referralMissing())) {
      return null;
    }
    ServiceRequest referral = referral(chart, written);
    referral.setStatus(
        chart.chance.happens(0.8) ? ServiceRequestStatus.COMPLETED : ServiceRequestStatus.ACTIVE);
    if (!chart.chance.happens(chart.traits.faults().registrationMissing())) {
      register(chart, referral, registered);
    }
    LocalDate accepted = registered.plusDays(chart.chance.between(0, 5));
    if (chart.reaches(accepted)) {
      stamp(chart, referral, "remiss-godkand", accepted);
    }
    return referral;
  }

  /** Writes a referral that is refused, and says whether it may come back complete. */
  static boolean refused(Chart chart, LocalDate written, LocalDate registered) {
    if (!chart.reaches(registered)) {
      return false;
    }
    String reason = chart.chance.oneOf(List.of("felskickad", "ofullstandig", "regional-vard"));
    ServiceRequest referral = referral(chart, written).setStatus(ServiceRequestStatus.REVOKED);
    register(chart, referral, registered);
    referral.addExtension(STATUS_REASON, Terminology.own("remissavslag", reason));
    return reason.equals("ofullstandig");
  }

  private static ServiceRequest referral(Chart chart, LocalDate written) {
    ServiceRequest referral = new ServiceRequest();
    referral
        .setIntent(ServiceRequestIntent.ORDER)
        .addCategory(chart.area())
        .setCode(Terminology.own("begaran", "remiss"))
        .setSubject(chart.patient())
        .setAuthoredOnElement(chart.dates.write(chart.chance.momentOf(written)))
        .addPerformer(chart.unit());
    if (!chart.omits(chart.omissions().region())) {
      referral.addExtension(
          Canonicals.structureDefinition("remitterande-region"),
          new Coding().setSystem(Terminology.COUNTY).setCode(chart.home()));
    }
    return chart.add("remiss", referral);
  }

  private static void register(Chart chart, ServiceRequest referral, LocalDate day) {
    stamp(chart, referral, "remiss-registrerad", day);
  }

  private static void stamp(Chart chart, ServiceRequest referral, String what, LocalDate day) {
    LocalDateTime moment = chart.chance.momentOf(day);
    referral.addExtension(Canonicals.structureDefinition(what), chart.dates.write(moment));
  }
}
