package se.nhv.fhir.reporting.national;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.Provenance;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.Query.Comparison;
import se.nhv.fhir.store.Query.Criterion;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * The steps of submitted reports, kept as Provenances beside them. The id follows from report,
 * revision and step, so that each stands once and is never changed; accepted and returned share
 * one, so that a revision has one answer.
 */
final class ReportSteps {

  private static final String TYPE = "Provenance";
  private static final String ANSWER = "svar";
  private static final int MOST = 20; // steps of one revision: there are five kinds

  private final ResourceStore store;
  private final FhirContext fhir;
  private final String partition;

  ReportSteps(ResourceStore store, FhirContext fhir, String partition) {
    this.store = store;
    this.fhir = fhir;
    this.partition = partition;
  }

  /** The version of a report, as steps refer to it. */
  static String reference(String id, long revision) {
    return "MeasureReport/" + id + "/_history/" + revision;
  }

  /**
   * The change that keeps a step; it conflicts if that step is there already.
   *
   * @param unit whose report it is about
   */
  Change change(Provenance step, Unit unit) {
    String target = step.getTargetFirstRep().getReference();
    String code = Answer.isOne(step) ? ANSWER : step.getActivity().getCodingFirstRep().getCode();
    Provenance kept = step.copy();
    kept.setId(id(target, code));
    byte[] json =
        fhir.newJsonParser()
            .setStripVersionsFromReferences(false)
            .encodeResourceToString(kept)
            .getBytes(StandardCharsets.UTF_8);
    List<IndexEntry> index =
        List.of(
            IndexEntry.token("reporter", "Organization/" + unit),
            IndexEntry.token("target", target),
            IndexEntry.token("target", target.replaceFirst("/_history/.*", "")));
    return new Change.Put(key(id(target, code)), null, index, json, 0L);
  }

  /** The authority's answer to that version; empty if there is none yet. */
  Optional<Provenance> answer(String target) {
    return of(target).stream().filter(Answer::isOne).findFirst();
  }

  /** The steps of a version, in the order of their times. */
  List<Provenance> of(String target) {
    Criterion criterion = new Criterion("target", Comparison.EQUAL, List.of(target));
    Query query = new Query(partition, TYPE, List.of(criterion), null, null, null, MOST);
    return store.search(query).versions().stream()
        .map(this::step)
        .sorted(Comparator.comparing(Provenance::getRecorded))
        .toList();
  }

  private Provenance step(StoredVersion version) {
    String json = new String(version.json(), StandardCharsets.UTF_8);
    return fhir.newJsonParser().parseResource(Provenance.class, json);
  }

  /** 64 hexadecimal digits. */
  private static String id(String target, String code) {
    return DigestUtils.sha256Hex((target + "|" + code).getBytes(StandardCharsets.UTF_8));
  }

  private ResourceKey key(String id) {
    return new ResourceKey(partition, TYPE, id);
  }
}
