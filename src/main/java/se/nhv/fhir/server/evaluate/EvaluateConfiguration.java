package se.nhv.fhir.server.evaluate;

import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;

/** What is counted of what units send. */
@Configuration(proxyBeanMethods = false)
class EvaluateConfiguration {

  @Bean
  @Order(2)
  DoorPart evaluationPart(
      MeasureEvaluation evaluation,
      ReportingRun run,
      ConformanceResources conformance,
      Jobs jobs,
      Clock clock) {
    return new DoorPart(
        Door.INTAKE,
        List.of(new EvaluationProvider(evaluation, run, conformance, jobs, clock)),
        List.of(DoorType.operation("Measure", EvaluationProvider.EVALUATE_MEASURE)),
        List.of(EvaluationProvider.REPORT));
  }
}
