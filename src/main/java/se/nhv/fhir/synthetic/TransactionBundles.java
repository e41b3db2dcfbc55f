package se.nhv.fhir.synthetic;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Patients as transaction Bundles of updates (PUT), for pushing to a FHIR server: at most 500
 * entries each, and a patient always whole in one Bundle, so that no reference leads out of it. The
 * unit's Organization is the first entry of all. Made one by one as they are read; not thread-safe.
 */
public final class TransactionBundles implements Iterator<Bundle> {

  /** The most entries of one Bundle. */
  public static final int MOST_ENTRIES = 500;

  private final Iterator<SyntheticPatient> patients;
  private @Nullable Bundle started;
  private @Nullable SyntheticPatient waiting;

  private TransactionBundles(SyntheticUnit unit, Iterator<SyntheticPatient> patients) {
    this.patients = patients;
    this.started = bundle();
    put(started, unit.organization());
  }

  /** The Bundles of that unit and those patients. */
  public static Iterator<Bundle> of(SyntheticUnit unit, Stream<SyntheticPatient> patients) {
    return new TransactionBundles(unit, patients.iterator());
  }

  @Override
  public boolean hasNext() {
    return started != null || waiting != null || patients.hasNext();
  }

  /** The next Bundle; an IllegalStateException if a single patient does not fit into one. */
  @Override
  public Bundle next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all patients are in earlier Bundles");
    }
    Bundle bundle = started == null ? bundle() : started;
    started = null;
    while (waiting != null || patients.hasNext()) {
      SyntheticPatient patient = waiting == null ? patients.next() : waiting;
      if (bundle.getEntry().size() + patient.resources().size() > MOST_ENTRIES) {
        waiting = patient;
        break;
      }
      waiting = null;
      patient.resources().forEach(resource -> put(bundle, resource));
    }
    if (bundle.getEntry().isEmpty()) {
      throw new IllegalStateException(
          waiting + " has more than " + MOST_ENTRIES + " resources and fits into no Bundle");
    }
    return bundle;
  }

  private static Bundle bundle() {
    return new Bundle().setType(BundleType.TRANSACTION);
  }

  private static void put(Bundle bundle, Resource resource) {
    String url = resource.fhirType() + "/" + resource.getIdPart();
    bundle.addEntry().setResource(resource).getRequest().setMethod(HTTPVerb.PUT).setUrl(url);
  }
}
