package se.nhv.fhir.server;

import java.util.List;
import org.hl7.fhir.r4.model.Organization;

/** The units that report, as the report door shows them. Safe for use by many threads at once. */
@FunctionalInterface
public interface ReportingUnits {

  /** Every unit at this moment, its id the HSA-id, with that as identifier, and its name. */
  List<Organization> organizations();
}
