package se.nhv.fhir.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error while something long goes on; silent where no terminal is. */
final class Progress implements AutoCloseable, LongConsumer {

  private final @Nullable ProgressBar bar;

  /**
   * Starts a bar.
   *
   * @param task what is done, in a word or two
   * @param total how many steps there are
   */
  @SuppressWarnings("SystemConsoleNull") // Main asks newer JDKs for the console that can be null
  Progress(String task, long total) {
    this.bar =
        System.console() == null
            ? null
            : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build();
  }

  /** So many more steps are done. */
  @Override
  public void accept(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
