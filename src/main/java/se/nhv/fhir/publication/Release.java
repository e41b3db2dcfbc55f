package se.nhv.fhir.publication;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * A release: what is published, and the exact figures behind it, which never leave this room but to
 * be kept for the audit of later releases. Safe for use by many threads at once.
 */
public final class Release {

  private final DisclosurePolicy policy;
  private final Cube cube;
  private final PublishedDataSet published;
  private final Map<CellKey, CellState> states;

  Release(DisclosurePolicy policy, Cube cube, PublishedDataSet published) {
    this.policy = policy;
    this.cube = cube;
    this.published = published;
    this.states = published.states();
  }

  static Release of(
      int number, LocalDate date, DisclosurePolicy policy, Cube cube, Set<CellKey> hiddenCounts) {
    Map<CellKey, CellState> states = new CellStates(cube, policy, hiddenCounts).all();
    return new Release(policy, cube, PublishedDataSet.of(number, date, policy, cube, states));
  }

  /** Its number, from 1, without gaps. */
  public int number() {
    return published.number();
  }

  /** The policy under which it was made. */
  public DisclosurePolicy policy() {
    return policy;
  }

  /** What is published. */
  public PublishedDataSet published() {
    return published;
  }

  Cube cube() {
    return cube;
  }

  /** The exact figures in the form of a data set, to be kept and never shown. */
  PublishedDataSet exact() {
    DisclosurePolicy none = new DisclosurePolicy("exact", 1, 1, 1, 1);
    Map<CellKey, CellState> all = new CellStates(cube, none, Set.of()).all();
    return PublishedDataSet.of(number(), published.date(), none, cube, all);
  }

  /** Whether it shows the figure of that cell. */
  boolean shows(CellKey key) {
    return states.getOrDefault(key, CellState.NO_DATA).isShown();
  }
}
