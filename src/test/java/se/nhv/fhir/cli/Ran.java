package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command that has run: its exit code and what it said. */
record Ran(int code, String out, String err) {

  /** Runs the command line in this process. */
  static Ran nhv(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Nhv.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
