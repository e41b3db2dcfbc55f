package se.nhv.fhir.evaluation.reference;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.cql.engine.fhir.model.R4FhirModelResolver;
import org.opencds.cqf.cql.engine.retrieve.RetrieveProvider;
import org.opencds.cqf.cql.engine.runtime.Code;
import org.opencds.cqf.cql.engine.runtime.Interval;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/** The resources of the one patient under evaluation, as retrieves ask for them. */
final class PatientResources implements RetrieveProvider {

  private final IParser parser;
  private final CodeFilter filter;
  private Map<String, List<Resource>> byType = Map.of();

  PatientResources(
      FhirContext context, R4FhirModelResolver model, ValueSetTerminology terminology) {
    this.parser = context.newJsonParser().setParserErrorHandler(new WrongValuesRefused());
    this.filter = new CodeFilter(model, terminology);
  }

  /**
   * Parses those resources of the patient whose type is wanted.
   *
   * @throws UnreadableResourceException naming the first that cannot be read right
   */
  void load(PatientRecord patient, Set<String> wantedTypes) {
    Map<String, List<Resource>> loaded = new HashMap<>();
    for (RawResource raw : patient.resources()) {
      if (wantedTypes.contains(raw.type())) {
        loaded.computeIfAbsent(raw.type(), t -> new ArrayList<>()).add(parse(raw));
      }
    }
    byType = loaded;
  }

  private Resource parse(RawResource raw) {
    try {
      Resource resource = (Resource) parser.parseResource(raw.text());
      if (!resource.fhirType().equals(raw.type())) {
        throw new UnreadableResourceException(raw, "it is a " + resource.fhirType());
      }
      return resource;
    } catch (DataFormatException | ClassCastException e) {
      throw new UnreadableResourceException(raw, String.valueOf(e.getMessage()));
    }
  }

  @Override
  @SuppressWarnings("TooManyParameters") // the engine's own signature
  public Iterable<Object> retrieve(
      @Nullable String contextName,
      @Nullable String contextPath,
      @Nullable Object contextValue,
      String dataType,
      @Nullable String templateId,
      @Nullable String codePath,
      @Nullable Iterable<Code> codes,
      @Nullable String valueSet,
      @Nullable String datePath,
      @Nullable String dateLowPath,
      @Nullable String dateHighPath,
      @Nullable Interval dateRange) {
    if (dateRange != null) {
      throw new IllegalArgumentException("a retrieve of " + dataType + " filters by date");
    }
    List<Object> found = new ArrayList<>();
    for (Resource resource : byType.getOrDefault(dataType, List.of())) {
      if (codePath == null || filter.matches(resource, codePath, codes, valueSet)) {
        found.add(resource);
      }
    }
    return found;
  }
}
