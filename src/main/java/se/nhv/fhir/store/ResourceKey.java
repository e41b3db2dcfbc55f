package se.nhv.fhir.store;

/**
 * The identity of a stored resource.
 *
 * @param partition whose resource it is: the HSA-id of the unit in the intake store
 * @param type the FHIR resource type
 * @param id the logical id, as its source wrote it
 */
public record ResourceKey(String partition, String type, String id)
    implements Comparable<ResourceKey> {

  @Override
  public int compareTo(ResourceKey other) {
    int byPartition = partition.compareTo(other.partition);
    int byType = byPartition != 0 ? byPartition : type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return type + "/" + id;
  }
}
