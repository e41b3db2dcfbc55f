package se.nhv.fhir.store;

import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.put;

import java.io.File;
import java.io.IOException;
import java.util.List;

/** Writes batch after batch into the store at a URL and prints the number of each one applied. */
final class WriterProcess {

  private WriterProcess() {}

  public static void main(String[] arguments) {
    Quiet.log();
    try (StoreDatabase database = StoreDatabase.open(StoreSettings.of(arguments[0]))) {
      for (int i = 0; ; i++) {
        database.intake().apply(batch(i));
        System.out.println("applied " + i);
      }
    }
  }

  static List<Change> batch(int number) {
    return List.of(
        put(observation("p", number + "a"), "x".repeat(1500) + number),
        put(observation("p", number + "b"), "y".repeat(1500) + number),
        put(observation("p", "again"), "z" + number));
  }

  static Process start(String url) throws IOException {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    String classpath = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", classpath, WriterProcess.class.getName(), url)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
