package se.nhv.fhir.server;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import se.nhv.fhir.server.access.AccessFilter;
import se.nhv.fhir.server.access.AccessTokens;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorServlet;
import se.nhv.fhir.server.door.DoorStatement;
import se.nhv.fhir.server.door.DoorStatements;
import se.nhv.fhir.server.door.MessageFilter;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.settings.NhvProperties;

/** The two doors and the filters before them. */
@Configuration(proxyBeanMethods = false)
class DoorsConfiguration {

  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      AccessTokens tokens, NhvProperties properties, Meters meters) {
    FilterRegistrationBean<AccessFilter> filter =
        new FilterRegistrationBean<>(
            new AccessFilter(tokens, properties.access().publicReports(), meters));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<MessageFilter> messageFilter() {
    FilterRegistrationBean<MessageFilter> filter =
        new FilterRegistrationBean<>(new MessageFilter());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    filter.addUrlPatterns("/intake/*", "/fhir/*");
    return filter;
  }

  @Bean
  ServletRegistrationBean<DoorServlet> intakeDoor(
      List<DoorPart> parts, Meters meters, Clock clock) {
    List<DoorPart> own = of(Door.INTAKE, parts);
    return door(Door.INTAKE, DoorStatements.intake(Date.from(clock.instant()), own), own, meters);
  }

  @Bean
  ServletRegistrationBean<DoorServlet> reportDoor(
      List<DoorPart> parts, Meters meters, Clock clock) {
    List<DoorPart> own = of(Door.REPORTS, parts);
    return door(Door.REPORTS, DoorStatements.reports(Date.from(clock.instant()), own), own, meters);
  }

  private static List<DoorPart> of(Door door, List<DoorPart> parts) {
    return parts.stream().filter(it -> it.door() == door).toList();
  }

  private static ServletRegistrationBean<DoorServlet> door(
      Door door, CapabilityStatement statement, List<DoorPart> parts, Meters meters) {
    List<Object> providers = parts.stream().flatMap(it -> it.providers().stream()).toList();
    ServletRegistrationBean<DoorServlet> servlet =
        new ServletRegistrationBean<>(
            new DoorServlet(new DoorStatement(statement), providers, meters),
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
