package se.nhv.fhir.intake.pull.hospitals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import se.nhv.fhir.measure.RawResource;

/** Relative links, empty pages in between, a page twice, another order each time. */
public final class OddPagingHospital extends ScriptedHospital {

  private final Random order = new Random(11);

  /** A hospital that holds these. */
  public OddPagingHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected ObjectNode page(String search, List<ObjectNode> matches, int offset, int count) {
    boolean isEmptyOne = offset % 2 == 1;
    int from = offset / 2;
    int to = Math.min(matches.size(), from + Math.max(1, count / 2));
    List<ObjectNode> some = new ArrayList<>(matches.subList(Math.min(from, to), to));
    if (from > 0) {
      some.add(matches.get(from - 1)); // once more
    }
    Collections.shuffle(some, order);
    ObjectNode bundle = bundle(isEmptyOne ? List.of() : some);
    if (isEmptyOne) {
      next(bundle, search + "&_offset=" + (offset - 1));
    } else if (to < matches.size()) {
      next(bundle, search + "&_offset=" + (2 * to + 1));
    }
    return bundle;
  }
}
