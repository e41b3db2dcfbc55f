package se.nhv.fhir.server;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import se.nhv.fhir.server.access.AccessFilter;
import se.nhv.fhir.server.access.AccessListener;
import se.nhv.fhir.server.access.Credentials;
import se.nhv.fhir.server.access.PermissionRules;
import se.nhv.fhir.server.access.RateLimits;
import se.nhv.fhir.server.access.SmartConfiguration;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorServlet;
import se.nhv.fhir.server.door.DoorStatement;
import se.nhv.fhir.server.door.DoorStatements;
import se.nhv.fhir.server.door.DoorWatch;
import se.nhv.fhir.server.door.MessageFilter;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.settings.NhvProperties;

/** The two doors and the filters before them. */
@Configuration(proxyBeanMethods = false)
class DoorsConfiguration {

  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      Credentials credentials,
      RateLimits limits,
      NhvProperties properties,
      Meters meters,
      AccessListener listener) {
    FilterRegistrationBean<AccessFilter> filter =
        new FilterRegistrationBean<>(
            new AccessFilter(
                credentials, limits, properties.access().publicReports(), meters, listener));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<MessageFilter> messageFilter(List<DoorPart> parts) {
    FilterRegistrationBean<MessageFilter> filter =
        new FilterRegistrationBean<>(new MessageFilter(parts));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    filter.addUrlPatterns("/intake/*", "/fhir/*");
    return filter;
  }

  @Bean
  ServletRegistrationBean<SmartConfiguration> smartConfiguration(Credentials credentials) {
    ServletRegistrationBean<SmartConfiguration> servlet =
        new ServletRegistrationBean<>(
            new SmartConfiguration(credentials), SmartConfiguration.paths());
    servlet.setName("smart-configuration");
    return servlet;
  }

  @Bean
  ServletRegistrationBean<DoorServlet> intakeDoor(
      List<DoorPart> parts,
      List<DoorWatch> watches,
      NhvProperties properties,
      Meters meters,
      Clock clock) {
    List<DoorPart> own = of(Door.INTAKE, parts);
    CapabilityStatement statement = DoorStatements.intake(Date.from(clock.instant()), own);
    return door(Door.INTAKE, said(statement, properties), own, watches, meters);
  }

  @Bean
  ServletRegistrationBean<DoorServlet> reportDoor(
      List<DoorPart> parts,
      List<DoorWatch> watches,
      NhvProperties properties,
      Meters meters,
      Clock clock) {
    List<DoorPart> own = of(Door.REPORTS, parts);
    CapabilityStatement statement = DoorStatements.reports(Date.from(clock.instant()), own);
    return door(Door.REPORTS, said(statement, properties), own, watches, meters);
  }

  private static CapabilityStatement said(CapabilityStatement statement, NhvProperties properties) {
    return properties.access().issuers().isEmpty()
        ? statement
        : DoorStatements.withSmart(statement);
  }

  private static List<DoorPart> of(Door door, List<DoorPart> parts) {
    return parts.stream().filter(it -> it.door() == door).toList();
  }

  private static ServletRegistrationBean<DoorServlet> door(
      Door door,
      CapabilityStatement statement,
      List<DoorPart> parts,
      List<DoorWatch> watches,
      Meters meters) {
    List<Object> interceptors =
        Stream.concat(
                Stream.of(new PermissionRules(door)),
                watches.stream().filter(it -> it.door() == door).map(DoorWatch::interceptor))
            .toList();
    ServletRegistrationBean<DoorServlet> servlet =
        new ServletRegistrationBean<>(
            new DoorServlet(new DoorStatement(statement), parts, meters, interceptors),
            "/" + door.path() + "/*");
    servlet.setName(door.path());
    servlet.setLoadOnStartup(1);
    return servlet;
  }

  /** The clock and zone that say which day it is. */
  @Bean
  Clock clock() {
    return Clock.system(ZoneId.of("Europe/Stockholm"));
  }
}
