package se.nhv.fhir.intake.bulk;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.pull.Origin;

/**
 * What an endpoint is asked to export.
 *
 * @param path of the operation below the base
 * @param types the resource types wanted, at least one
 * @param since only what changed since then, or null for everything; an endpoint need not send the
 *     older data of Patients who are new in a Group
 * @param fileOrigins origins beside the endpoint's own from which its files may be fetched, always
 *     without a token
 */
public record BulkRequest(
    String path, List<String> types, @Nullable Instant since, Set<Origin> fileOrigins) {

  /** Copies the collections. */
  public BulkRequest {
    types = List.copyOf(types);
    fileOrigins = Set.copyOf(fileOrigins);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("an export wants at least one resource type");
    }
  }

  /** The data of the Patients of a Group, and all that the intake accepts of them. */
  public static BulkRequest ofGroup(String id) {
    if (!Delivery.isId(id)) {
      throw new IllegalArgumentException("the id of the Group is not a FHIR id");
    }
    return ofPath("Group/" + id + "/$export");
  }

  /** The data of all Patients of the endpoint. */
  public static BulkRequest ofPatients() {
    return ofPath("Patient/$export");
  }

  /** Everything that the endpoint holds. */
  public static BulkRequest ofSystem() {
    return new BulkRequest("$export", AcceptedTypes.ALL, null, Set.of());
  }

  /** The same for other types. */
  public BulkRequest withTypes(List<String> wanted) {
    return new BulkRequest(path, wanted, since, fileOrigins);
  }

  /** The same for what changed since then, or for everything. */
  public BulkRequest withSince(@Nullable Instant instant) {
    return new BulkRequest(path, types, instant, fileOrigins);
  }

  /** The same, with files from those origins too. */
  public BulkRequest withFileOrigins(Set<Origin> origins) {
    return new BulkRequest(path, types, since, origins);
  }

  private static BulkRequest ofPath(String path) {
    List<String> ofPatients = AcceptedTypes.ALL.stream().filter(AcceptedTypes::hasSubject).toList();
    return new BulkRequest(path, ofPatients, null, Set.of());
  }

  URI kickOff(URI base) {
    String query =
        "?_outputFormat="
            + URLEncoder.encode("application/fhir+ndjson", StandardCharsets.UTF_8)
            + "&_type="
            + String.join(",", types)
            + (since == null
                ? ""
                : "&_since=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8));
    return Origin.below(base, path + query);
  }
}
