package se.nhv.fhir.intake.mapping;

import java.util.List;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Originals;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/** The unmapped codes among what a unit has stored. */
public final class StoredUnmapped {

  private static final int PAGE = 500;

  private StoredUnmapped() {}

  /** Counts over all that the unit has stored, as it was sent, with its mapping in force. */
  public static UnmappedCodes count(
      ResourceStore store, Unit unit, UnitMapping mapping, ContractCodes contract) {
    UnmappedCodes counted = new UnmappedCodes(mapping, contract);
    Originals originals = new Originals(store);
    for (String type : AcceptedTypes.ALL) {
      ResourceKey after = null;
      Page page;
      do {
        page =
            store.search(
                new Query(Partitions.care(unit), type, List.of(), null, null, after, PAGE));
        for (StoredVersion care : page.versions()) {
          byte[] sent = originals.of(unit, care);
          counted.add(mapping.map(StrictJson.parse(sent)));
          after = care.key();
        }
      } while (page.more());
    }
    return counted;
  }
}
