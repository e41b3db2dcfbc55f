package se.nhv.fhir.run.jobs;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.ZoneId;

/**
 * A job that is asked for again and again.
 *
 * @param name different from that of every other schedule, and the same on every server
 * @param cron minute, hour, day of month, month, day of week, in Europe/Stockholm: {@code 30 2 * *
 *     1-5}
 * @param request what is asked each time, unless the same still waits
 */
public record JobSchedule(String name, String cron, JobRequest request) {

  /** Whether it is a cron expression of five fields. */
  public static boolean isCron(String cron) {
    try {
      return !schedule(cron).isDisabled();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  Schedule schedule() {
    return schedule(cron);
  }

  private static Schedule schedule(String cron) {
    return new CronSchedule(cron, ZoneId.of("Europe/Stockholm"), CronStyle.UNIX);
  }
}
