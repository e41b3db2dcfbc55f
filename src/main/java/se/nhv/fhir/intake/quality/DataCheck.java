package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/**
 * Judges all patients of a unit by every rule of the data contract, in one pass. Immutable; safe
 * for use by many threads at once.
 */
public final class DataCheck {

  private static final String SAME_PERSON = "dubbel-patient";

  private final List<Rule> rules;
  private final TouchedMeasures measures;

  /** By the rules and codes of that content, with the Measures that it holds. */
  public DataCheck(Content content) {
    Vocabulary vocabulary = new Vocabulary(content);
    DatedElements elements = new DatedElements(vocabulary);
    this.measures = new TouchedMeasures(content);
    this.rules =
        List.of(
            new DatesGiven(elements),
            new DatesPossible(elements),
            new PeriodsInOrder(),
            new WhoThePatientIs(vocabulary, PersonNumbers.checked()),
            new ReferralsInTime(vocabulary, elements),
            new ReferencesLead(vocabulary, elements),
            new StaysHold(vocabulary),
            new CodesKnown(vocabulary),
            new AnswersCountable(vocabulary),
            new AnswersGiven(vocabulary),
            new StatusUpToDate(elements),
            new CodesPlausible(vocabulary),
            new NothingTwice());
  }

  /**
   * Every fact about the patients of the source, once, by rule, resource and element.
   *
   * @param today the day on which they are looked at: what is dated before it is in the past
   */
  public List<Fact> check(PatientSource source, LocalDate today) {
    Pass pass = new Pass(today);
    source.forEachPatient(pass::patient);
    source.orphans().forEach(pass::orphan);
    return List.copyOf(pass.facts.values());
  }

  /** One pass over a unit; for one thread. */
  private final class Pass {

    private final LocalDate today;
    private final Map<Fact, Fact> facts = new TreeMap<>();
    private final Map<String, ChartResource> persons = new HashMap<>();

    Pass(LocalDate today) {
      this.today = today;
    }

    void patient(PatientRecord patient) {
      Chart chart = new Chart(patient, today);
      Findings findings = new ChartFindings(chart);
      rules.forEach(rule -> rule.check(chart, findings));
      chart.patient().ifPresent(it -> person(chart, it));
    }

    /** A resource whose Patient is not there; of it nothing else can be judged. */
    void orphan(RawResource resource) {
      Chart nobody = new Chart(new PatientRecord("", List.of(resource)), today);
      ChartResource read = Chart.read(resource);
      add(nobody, null, ReferencesLead.DANGLING, read, read.element("subject"), List.of());
    }

    private void person(Chart chart, ChartResource patient) {
      for (JsonNode identifier : patient.at("identifier")) {
        String system = identifier.path("system").asText("");
        String value = identifier.path("value").asText("");
        boolean names = PersonNumbers.SYSTEMS.contains(system) || isReserve(system);
        ChartResource other =
            names && !value.isEmpty() ? persons.putIfAbsent(system + "|" + value, patient) : null;
        if (other != null && !other.id().equals(patient.id())) {
          List<String> others = List.of(other.reference());
          add(chart, chart.patientId(), SAME_PERSON, patient, "Patient", others);
        }
      }
    }

    private static boolean isReserve(String system) {
      return system.equals(PersonNumbers.RESERVE);
    }

    private void add(
        Chart chart,
        @Nullable String patientId,
        String rule,
        ChartResource resource,
        String element,
        List<String> others) {
      Set<MeasureReference> touched = measures.of(chart, resource, element);
      put(new Fact(rule, resource.reference(), element, patientId, others, new TreeSet<>(touched)));
    }

    /** The same place may break a rule by several others: all are named. */
    private void put(Fact fact) {
      facts.merge(
          fact,
          fact,
          (first, next) -> {
            Map<String, Boolean> others = new LinkedHashMap<>();
            first.others().forEach(it -> others.put(it, true));
            next.others().forEach(it -> others.put(it, true));
            return new Fact(
                first.rule(),
                first.resource(),
                first.element(),
                first.patientId(),
                List.copyOf(others.keySet()),
                first.measures());
          });
    }

    /** What the rules find in one patient. */
    private final class ChartFindings implements Findings {

      private final Chart chart;

      ChartFindings(Chart chart) {
        this.chart = chart;
      }

      @Override
      public void add(
          String rule, ChartResource resource, String element, ChartResource... others) {
        List<String> compared = List.of(others).stream().map(ChartResource::reference).toList();
        Pass.this.add(chart, chart.patientId(), rule, resource, element, compared);
      }

      @Override
      public void absent(
          String rule, ChartResource resource, ChartResource absent, String element) {
        Set<MeasureReference> touched = measures.of(chart, absent, element);
        String place = absent.type() + "[" + absent.id() + "]";
        put(
            new Fact(
                rule,
                resource.reference(),
                place,
                chart.patientId(),
                List.of(),
                new TreeSet<>(touched)));
      }
    }
  }
}
