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
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.store.ResourceStore;

/** The two doors and the filters before them. */
@Configuration(proxyBeanMethods = false)
class DoorsConfiguration {

  private static final List<String> CONFORMANCE_TYPES =
      List.of("Measure", "Library", "ValueSet", "CodeSystem", "StructureDefinition");

  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(AccessTokens tokens, NhvProperties properties) {
    FilterRegistrationBean<AccessFilter> filter =
        new FilterRegistrationBean<>(new AccessFilter(tokens, properties.access().publicReports()));
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
      ResourceStore intakeStore,
      Intake intake,
      MeasureEvaluation evaluation,
      ReportingRun run,
      DataQuality quality,
      ConformanceResources conformance,
      Clock clock) {
    FactShelf facts = new FactShelf(intakeStore);
    List<IntakeShelf> shelves =
        AcceptedTypes.ALL.stream().map(type -> new IntakeShelf(intakeStore, type)).toList();
    List<Object> providers = new ArrayList<>();
    shelves.forEach(shelf -> providers.add(new IntakeProvider(intake, shelf)));
    providers.add(new BundleProvider(intake, new Placeholders(intakeStore)));
    providers.add(new EvaluationProvider(evaluation, run, conformance, clock));
    providers.add(new VersionedProvider(facts));
    providers.add(new QualityProvider(quality, clock));
    Stream<DoorType> types =
        Stream.concat(
            shelves.stream().map(DoorType::written),
            Stream.of(
                DoorType.versioned(facts),
                DoorType.operation("Measure", DoorStatements.evaluateMeasure())));
    return door(
        "intake",
        new DoorStatement(
            DoorStatements.intake(
                Date.from(clock.instant()),
                types.toList(),
                List.of(DoorStatements.report(), DoorStatements.quality()))),
        providers);
  }

  @Bean
  ServletRegistrationBean<DoorServlet> reportDoor(
      Reports reports, Units units, ConformanceResources conformance, Clock clock) {
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
        providers);
  }

  private static ServletRegistrationBean<DoorServlet> door(
      String name, DoorStatement statement, List<Object> providers) {
    ServletRegistrationBean<DoorServlet> door =
        new ServletRegistrationBean<>(new DoorServlet(statement, providers), "/" + name + "/*");
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
