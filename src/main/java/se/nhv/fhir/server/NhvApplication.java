package se.nhv.fhir.server;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;

/**
 * The server: the intake door at {@code /intake}, the report door at {@code /fhir}, health at
 * {@code /actuator/health}. It is started by the commands {@code serve} and {@code demo}; its
 * settings are {@link NhvProperties}.
 *
 * <p>The store's room opens and migrates its own database, so Boot's configuration of data sources
 * and migrations stays off.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ComponentScan
@EnableConfigurationProperties(NhvProperties.class)
public class NhvApplication {}
