package se.nhv.fhir.server.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where units' reports are submitted, under {@code nhv.national}.
 *
 * @param base the base of the report door of the national adapter, such as {@code
 *     https://host/fhir}; absent: this adapter is the national one, too
 * @param auth how this adapter shows there who it is
 * @param timeout for an answer, to its last byte
 */
public record NationalProperties(
    @Nullable String base,
    @DefaultValue EndpointProperties.Auth auth,
    @DefaultValue("30s") Duration timeout) {}
