package se.nhv.fhir.publication;

/**
 * Between which bounds a hidden count must be left.
 *
 * @param lowAtMost the lower bound may not be above this
 * @param highAtLeast the upper bound may not be below this
 * @param width how far apart they must be
 */
record Need(long lowAtMost, long highAtLeast, int width) {

  /** No demand. */
  static final Need NONE = new Need(Long.MAX_VALUE, Long.MIN_VALUE, 0);

  /** What the policy demands for a count of that size. See {@link DisclosurePolicy}. */
  static Need of(long count, DisclosurePolicy policy) {
    return policy.protects(count)
        ? new Need(1, policy.smallestCount(), policy.requiredWidth())
        : new Need(Long.MAX_VALUE, Long.MIN_VALUE, policy.requiredWidth());
  }

  /** Both at once. */
  Need and(Need other) {
    return new Need(
        Math.min(lowAtMost, other.lowAtMost),
        Math.max(highAtLeast, other.highAtLeast),
        Math.max(width, other.width));
  }

  boolean isMet(long low, long high) {
    return low <= lowAtMost && high >= highAtLeast && high - low >= width;
  }
}
