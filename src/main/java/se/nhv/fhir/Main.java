package se.nhv.fhir;

/** The entry of {@code nhv.jar}. */
public final class Main {

  private Main() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {}
}
