package se.nhv.fhir.intake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/**
 * The patients of one unit in a folder: NDJSON in Bulk Data layout ({@code *.ndjson}, {@code
 * *.ndjson.gz}, any number of files) or Bundles and single resources ({@code *.json}). Of the same
 * type and id twice, the latest meta.lastUpdated counts, else the greater text in the order of
 * bytes. The whole folder is held in memory. For one thread.
 */
public final class PatientFolder implements PatientSource {

  private final TreeMap<String, List<RawResource>> patients = new TreeMap<>();
  private final List<String> gaps;
  private final List<RawResource> orphans = new ArrayList<>();

  /**
   * Reads the folder.
   *
   * @throws IllegalArgumentException if there is no such folder
   */
  public PatientFolder(Path folder) {
    this(folder, ResourceMapping.InForce.NONE);
  }

  /**
   * Reads the folder, by way of the unit's mapping. A resource that is not FHIR is left as it is.
   *
   * @throws IllegalArgumentException if there is no such folder
   */
  public PatientFolder(Path folder, ResourceMapping.InForce mapping) {
    FolderContents contents = FolderContents.read(folder);
    gaps = new ArrayList<>(contents.gaps());
    List<FolderContents.Found> all = new ArrayList<>();
    contents.resources().forEach(it -> all.add(it.mapped(mapping)));
    all.sort(Comparator.comparing(FolderContents.Found::resource, StoredPatients.ORDER));
    for (FolderContents.Found found : all) {
      if (found.resource().type().equals("Patient")) {
        patients.put(found.resource().id(), new ArrayList<>());
      }
    }
    all.forEach(this::assign);
  }

  @Override
  public void forEachPatient(Consumer<PatientRecord> consumer) {
    patients.forEach((id, resources) -> consumer.accept(new PatientRecord(id, resources)));
  }

  @Override
  public long countPatients() {
    return patients.size();
  }

  @Override
  public List<String> gaps() {
    return List.copyOf(gaps);
  }

  @Override
  public List<RawResource> orphans() {
    return List.copyOf(orphans);
  }

  private void assign(FolderContents.Found found) {
    RawResource resource = found.resource();
    if (!AcceptedTypes.hasSubject(resource.type())) {
      return;
    }
    List<RawResource> patient = found.subject() == null ? null : patients.get(found.subject());
    if (patient != null) {
      patient.add(resource);
    } else {
      orphans.add(resource);
      gaps.add(
          found.place()
              + ": "
              + (found.subject() == null
                  ? Gaps.noSubject(resource.toString())
                  : Gaps.dangling(resource.toString())));
    }
  }
}
