package se.nhv.fhir.server.mapping;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.MappedResource;
import se.nhv.fhir.intake.mapping.MappingResource;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.mapping.StoredUnmapped;
import se.nhv.fhir.intake.mapping.UnitMapping;
import se.nhv.fhir.intake.mapping.UnmappedCodes;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.store.ResourceStore;

/** What a unit may ask of its mapping: what it would do, and what it does not know. */
final class MappingOperations {

  /** $map at the system. */
  static final DoorType.Operation MAP =
      new DoorType.Operation(
          "map",
          Canonicals.ROOT + "/OperationDefinition/map",
          "POST with resource (1..*) and mapping (0..*, ConceptMaps and StructureMaps to try in place"
              + " of those in force): each resource before and after, what was changed by which rule,"
              + " and the codes that stay unmapped. Stores nothing.");

  /** $unmapped at the system. */
  static final DoorType.Operation UNMAPPED =
      new DoorType.Operation(
          "unmapped",
          Canonicals.ROOT + "/OperationDefinition/unmapped",
          "GET or POST: the codes among what is stored that neither the contract nor the unit's"
              + " mapping knows, by type, element, system and code with count, the most frequent first.");

  private static final int MOST = 500;

  private final ResourceStore store;
  private final StoredMappings mappings;
  private final ConformanceResources conformance;

  MappingOperations(
      ResourceStore store, StoredMappings mappings, ConformanceResources conformance) {
    this.store = store;
    this.mappings = mappings;
    this.conformance = conformance;
  }

  /** $map: resources before and after; nothing is stored. */
  @Operation(name = "$map")
  public Parameters map(RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("resource", "mapping"));
    Parameters asked = asked(request);
    List<MappingResource> tried = new ArrayList<>();
    List<Resource> resources = new ArrayList<>();
    for (ParametersParameterComponent parameter : asked.getParameter()) {
      boolean known = List.of("resource", "mapping").contains(parameter.getName());
      if (!known || parameter.getResource() == null) {
        throw new InvalidRequestException(
            "$map takes resource and mapping, each as a resource in a parameter of its own.");
      }
      if ("mapping".equals(parameter.getName())) {
        String name = "mapping[" + tried.size() + "]";
        tried.add(MappingResource.of(name, StrictJson.encode(parameter.getResource())));
      } else {
        resources.add(parameter.getResource());
      }
    }
    if (resources.isEmpty() || resources.size() + tried.size() > MOST) {
      throw new InvalidRequestException(
          "$map takes 1 resource or more, and at most " + MOST + " with the mapping.");
    }
    ContractCodes contract = MappingConfiguration.contractCodes(conformance);
    UnitMapping mapping = tried.isEmpty() ? inForce(request) : UnitMapping.judged(tried, contract);
    UnmappedCodes unmapped = new UnmappedCodes(mapping, contract);
    Parameters answer = answer(mapping);
    for (Resource resource : resources) {
      MappedResource mapped = mapping.map(resource);
      unmapped.add(mapped);
      result(answer.addParameter().setName("result"), mapped);
    }
    rows(answer, unmapped);
    return answer;
  }

  /** $unmapped: the codes that nobody knows, over all that is stored. */
  @Operation(name = "$unmapped", idempotent = true)
  public Parameters unmapped(RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of());
    UnitMapping mapping = inForce(request);
    ContractCodes contract = MappingConfiguration.contractCodes(conformance);
    Parameters answer = answer(mapping);
    rows(answer, StoredUnmapped.count(store, Caller.unitOf(request), mapping, contract));
    return answer;
  }

  private static Parameters asked(RequestDetails request) {
    byte[] body = request.loadRequestContents();
    if (body.length > 0 && StrictJson.parse(body) instanceof Parameters asked) {
      return asked;
    }
    throw new InvalidRequestException("$map takes a Parameters resource.");
  }

  private UnitMapping inForce(RequestDetails request) {
    Optional<UnitMapping> mapping = mappings.mapping(Caller.unitOf(request));
    return mapping.orElseGet(() -> UnitMapping.of(List.of()));
  }

  private static Parameters answer(UnitMapping mapping) {
    Parameters answer = new Parameters();
    if (!mapping.version().isEmpty()) {
      answer.addParameter("mappingVersion", new StringType(mapping.version()));
    }
    return answer;
  }

  private static void result(ParametersParameterComponent result, MappedResource mapped) {
    result.addPart().setName("before").setResource(mapped.before());
    result.addPart().setName("after").setResource(mapped.after());
    boolean changed = mapped.after() != mapped.before();
    result.addPart().setName("changed").setValue(new BooleanType(changed));
    for (MappedResource.Difference each : mapped.differences()) {
      ParametersParameterComponent part = result.addPart().setName("difference");
      part.addPart().setName("element").setValue(new StringType(each.element()));
      if (!each.before().isEmpty()) {
        part.addPart().setName("before").setValue(new StringType(each.before()));
      }
      part.addPart().setName("after").setValue(new StringType(each.after()));
      part.addPart().setName("rule").setValue(new StringType(each.rule()));
    }
    for (MappedResource.Failure each : mapped.failures()) {
      ParametersParameterComponent part = result.addPart().setName("failure");
      part.addPart().setName("rule").setValue(new StringType(each.rule()));
      part.addPart().setName("reason").setValue(new StringType(each.reason()));
    }
  }

  private static void rows(Parameters answer, UnmappedCodes unmapped) {
    for (UnmappedCodes.Row row : unmapped.rows()) {
      ParametersParameterComponent part = answer.addParameter().setName("unmapped");
      part.addPart().setName("type").setValue(new CodeType(row.type()));
      part.addPart().setName("element").setValue(new StringType(row.element()));
      if (!row.code().system().isEmpty()) {
        part.addPart().setName("system").setValue(new UriType(row.code().system()));
      }
      part.addPart().setName("code").setValue(new CodeType(row.code().code()));
      part.addPart().setName("count").setValue(new IntegerType((int) row.count()));
    }
    unmapped
        .failures()
        .forEach(
            (failure, count) -> {
              ParametersParameterComponent part = answer.addParameter().setName("failed");
              part.addPart().setName("rule").setValue(new StringType(failure.rule()));
              part.addPart().setName("reason").setValue(new StringType(failure.reason()));
              part.addPart().setName("count").setValue(new IntegerType(count.intValue()));
            });
  }
}
