package se.nhv.fhir.intake.pull;

/** Told of each page that has arrived, of one after the other, on any thread of the pull. */
@FunctionalInterface
public interface PullProgress {

  /**
   * A page has arrived and been handed to the intake.
   *
   * @param type the resource type that is asked for
   * @param pages how many of its pages have arrived
   * @param resources how many resources they held
   */
  void arrived(String type, int pages, long resources);
}
