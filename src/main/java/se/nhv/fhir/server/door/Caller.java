package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import se.nhv.fhir.measure.Unit;

/** Who asks, as the token says. */
public sealed interface Caller {

  /** The request attribute under which the filter leaves the caller. */
  String ATTRIBUTE = Caller.class.getName();

  /** A hospital unit's system. */
  record HospitalUnit(Unit hospital) implements Caller {

    @Override
    public String toString() {
      return hospital.hsaId();
    }
  }

  /**
   * A person who works at a unit: reads its results and signs them off.
   *
   * @param hospital the unit
   * @param person the person's identifier, such as the HSA-id of the employee
   * @param name the person's name, as a signature shows it
   */
  record UnitStaff(Unit hospital, String person, String name) implements Caller {

    /** The unit alone: a log names no person. */
    @Override
    public String toString() {
      return "staff of " + hospital.hsaId();
    }
  }

  /** The authority that reads reports. */
  record Authority() implements Caller {

    @Override
    public String toString() {
      return "the authority";
    }
  }

  /** Who builds what delivers data: reads the definitions, and no data. */
  record Developer() implements Caller {

    @Override
    public String toString() {
      return "a developer";
    }
  }

  /** Who watches over the server: reads its metrics, and no data. */
  record Operator() implements Caller {

    @Override
    public String toString() {
      return "the operator";
    }
  }

  /** Nobody in particular: metadata, and the report door where it is public. */
  record Anyone() implements Caller {

    @Override
    public String toString() {
      return "anyone";
    }
  }

  /** The caller of a request that passed the filter. */
  static Caller of(HttpServletRequest request) {
    return Objects.requireNonNull(
        (Caller) request.getAttribute(ATTRIBUTE), "the access filter did not see this request");
  }

  /** The caller of a request to a door. */
  static Caller of(RequestDetails request) {
    return of(((ServletRequestDetails) request).getServletRequest());
  }

  /** The unit that asks; refused with 403 when it is none. */
  static Unit unitOf(RequestDetails request) {
    return of(request).requireUnit();
  }

  /** The unit that asks, by its system or its staff; empty when the caller is of none. */
  default Optional<Unit> unit() {
    if (this instanceof UnitStaff staff) {
      return Optional.of(staff.hospital());
    }
    return this instanceof HospitalUnit system ? Optional.of(system.hospital()) : Optional.empty();
  }

  /** The unit that asks; refused with 403 when it is none. */
  default Unit requireUnit() {
    return unit()
        .orElseThrow(() -> new ForbiddenOperationException("Only a unit's token passes here."));
  }
}
