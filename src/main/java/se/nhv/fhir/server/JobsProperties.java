package se.nhv.fhir.server;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs run, under {@code nhv.jobs}.
 *
 * @param parallel how many run at once on this server
 * @param heartbeat how often a running job shows that its server lives; after six that fail to come
 *     it is taken up again
 */
public record JobsProperties(
    @DefaultValue("4") int parallel, @DefaultValue("10s") Duration heartbeat) {}
