package se.nhv.fhir.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs run, under {@code nhv.jobs}.
 *
 * @param parallel how many run at once on this server
 * @param heartbeat how often a running job shows that its server lives; after six that fail to come
 *     it is taken up again
 * @param workFolder where exported files lie until they are read; they hold patients' data
 */
public record JobsProperties(
    @DefaultValue("4") int parallel,
    @DefaultValue("10s") Duration heartbeat,
    @DefaultValue("data/bulk") Path workFolder) {}
