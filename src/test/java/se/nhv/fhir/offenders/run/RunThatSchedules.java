package se.nhv.fhir.offenders.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;

/** Knows the scheduler, its database and what is counted, outside the room for jobs. */
record RunThatSchedules(SchedulerClient client, DataSource database, MeterRegistry meters) {}
