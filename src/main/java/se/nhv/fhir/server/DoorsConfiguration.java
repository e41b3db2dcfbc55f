package se.nhv.fhir.server;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.store.ResourceStore;

/** The two doors and the filters before them. */
@Configuration(proxyBeanMethods = false)
class DoorsConfiguration {

  private static final List<String> CONFORMANCE_TYPES =
      List.of("Measure", "Library", "ValueSet", "CodeSystem", "StructureDefinition");

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

  /** What units send. */
  @Bean
  @Order(1)
  DoorPart carePart(ResourceStore intakeStore, Intake intake, Meters meters) {
    List<Object> providers = new ArrayList<>();
    List<DoorType> types = new ArrayList<>();
    for (String type : AcceptedTypes.ALL) {
      IntakeShelf shelf = new IntakeShelf(intakeStore, type);
      providers.add(new IntakeProvider(intake, shelf));
      types.add(DoorType.written(shelf));
    }
    providers.add(new BundleProvider(intake, new Placeholders(intakeStore), meters));
    return new DoorPart(providers, types, List.of());
  }

  /** What is counted of it. */
  @Bean
  @Order(2)
  DoorPart evaluationPart(
      MeasureEvaluation evaluation,
      ReportingRun run,
      ConformanceResources conformance,
      Jobs jobs,
      Clock clock) {
    return new DoorPart(
        List.of(new EvaluationProvider(evaluation, run, conformance, jobs, clock)),
        List.of(DoorType.operation("Measure", DoorStatements.evaluateMeasure())),
        List.of(DoorStatements.report()));
  }

  @Bean
  ServletRegistrationBean<DoorServlet> intakeDoor(
      List<DoorPart> parts, Meters meters, Clock clock) {
    return door(
        "intake",
        new DoorStatement(
            DoorStatements.intake(
                Date.from(clock.instant()),
                parts.stream().flatMap(it -> it.types().stream()).toList(),
                parts.stream().flatMap(it -> it.operations().stream()).toList())),
        parts.stream().flatMap(it -> it.providers().stream()).toList(),
        meters);
  }

  @Bean
  ServletRegistrationBean<DoorServlet> reportDoor(
      Reports reports, Units units, ConformanceResources conformance, Meters meters, Clock clock) {
    ReportShelf reportShelf = new ReportShelf(reports);
    List<Shelf> shelves = new ArrayList<>();
    CONFORMANCE_TYPES.forEach(type -> shelves.add(ConformanceShelf.of(type, conformance)));
    shelves.add(
        new ConformanceShelf(
            "Organization",
            List.of(
                SearchParameter.id(),
                SearchParameter.identifier(),
                new SearchParameter("name", SearchParameter.Kind.TEXT, "How the name begins.")),
            units::all));
    List<Object> providers = new ArrayList<>();
    providers.add(new VersionedProvider(reportShelf));
    shelves.forEach(shelf -> providers.add(new ReadProvider(shelf)));
    Stream<DoorType> types =
        Stream.concat(
            Stream.of(DoorType.versioned(reportShelf)), shelves.stream().map(DoorType::read));
    return door(
        "fhir",
        new DoorStatement(DoorStatements.reports(Date.from(clock.instant()), types.toList())),
        providers,
        meters);
  }

  private static ServletRegistrationBean<DoorServlet> door(
      String name, DoorStatement statement, List<Object> providers, Meters meters) {
    ServletRegistrationBean<DoorServlet> door =
        new ServletRegistrationBean<>(
            new DoorServlet(statement, providers, meters), "/" + name + "/*");
    door.setName(name);
    door.setLoadOnStartup(1);
    return door;
  }

  /** The clock and zone that say which day it is. */
  @Bean
  Clock clock() {
    return Clock.system(ZoneId.of("Europe/Stockholm"));
  }
}
