package se.nhv.fhir.publication;

import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;

/** The published data set in FHIR. */
public final class PublishedBundle {

  private static final Map<CellState, String> STATES =
      Map.of(
          CellState.VALUE, "value",
          CellState.ZERO, "zero",
          CellState.HIDDEN, "hidden",
          CellState.NOT_REPORTED, "notReported",
          CellState.NO_DATA, "noData");

  private PublishedBundle() {}

  /** A collection: first what release it is, then its {@link PublishedReports}, in order. */
  public static Bundle of(PublishedDataSet published) {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    bundle.addEntry().setResource(about(published));
    PublishedReports.of(published).forEach(it -> bundle.addEntry().setResource(it));
    return bundle;
  }

  /**
   * Which release it is, and how many cells say what: {@code release}, {@code date}, {@code policy}
   * and {@code cells} with a part for each state.
   */
  public static Parameters about(PublishedDataSet published) {
    Parameters about = new Parameters();
    about.addParameter("release", new PositiveIntType(published.number()));
    about.addParameter("date", new DateType(published.date().toString()));
    about.addParameter("policy", new StringType(published.policyVersion()));
    ParametersParameterComponent cells = about.addParameter().setName("cells");
    published
        .cellsByState()
        .forEach(
            (state, count) ->
                cells
                    .addPart()
                    .setName(STATES.get(state))
                    .setValue(new IntegerType(count.intValue())));
    return about;
  }
}
