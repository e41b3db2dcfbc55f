package se.nhv.fhir;

import org.hl7.fhir.utilities.http.ManagedWebAccess;
import se.nhv.fhir.cli.Nhv;

/** The entry of {@code nhv.jar}. */
public final class Main {

  private Main() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    // The FHIR core library may otherwise fetch what a resource names from the web.
    ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
    // From JDK 22 the default console is there without a terminal too, and would draw into a file.
    System.setProperty("jdk.console", "java.base");
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-command.xml");
    }
    System.exit(Nhv.execute(arguments));
  }
}
