package se.nhv.fhir.server.reports;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.door.ConformanceShelf;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.Shelf;

/** What reports are counted by, and who reports. */
@Configuration(proxyBeanMethods = false)
class ReportsConfiguration {

  private static final List<String> CONFORMANCE_TYPES =
      List.of("Measure", "Library", "ValueSet", "CodeSystem", "StructureDefinition");

  @Bean
  @Order(2)
  DoorPart definitionsPart(Units units, ConformanceResources conformance) {
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
    return new DoorPart(
        Door.REPORTS,
        shelves.stream().<Object>map(ReadProvider::new).toList(),
        shelves.stream().map(DoorType::read).toList(),
        List.of());
  }
}
