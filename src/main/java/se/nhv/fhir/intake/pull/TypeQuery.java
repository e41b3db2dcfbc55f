package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.RefusedResource;

/** One query of a pull, through all its pages; mutable, run once on one thread. */
final class TypeQuery {

  private final PageClient client;
  private final FhirEndpoint endpoint;
  private final Ask ask;
  private final String type;
  private final Deliveries deliveries;
  private final Predicate<ObjectNode> wanted;
  private final PullProgress progress;
  private final URI first;
  private final String shown;
  private final Set<URI> asked = new HashSet<>();
  private final Set<String> matches = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final List<RefusedResource> refused = new ArrayList<>();
  private OptionalLong total = OptionalLong.empty();
  private boolean refusedAtOnce;
  private int pages;
  private long resources;

  /**
   * @param wanted told of every resource that arrives; whether it is to be handed to the intake
   */
  TypeQuery(
      PageClient client,
      FhirEndpoint endpoint,
      Ask ask,
      Deliveries deliveries,
      Predicate<ObjectNode> wanted,
      PullProgress progress) {
    this.client = client;
    this.endpoint = endpoint;
    this.ask = ask;
    this.type = ask.type();
    this.deliveries = deliveries;
    this.wanted = wanted;
    this.progress = progress;
    String count = "_count=" + endpoint.limits().pageSize();
    first = Origin.below(endpoint.base(), ask.query(count));
    shown = Origin.below(endpoint.base(), "") + ask.shown(count);
  }

  /** Whether the source did not take the question, so that another form of it may do. */
  boolean isRefused() {
    return refusedAtOnce;
  }

  /** How many resources of the type have arrived, each counted once. */
  int matches() {
    return matches.size();
  }

  /** Of which of the values that were asked for anything has arrived. */
  Set<String> answered() {
    return answered;
  }

  PullOutcome.Query run() {
    String failure = null;
    try {
      URI url = first;
      while (url != null) {
        url = page(url);
      }
      if (total.isPresent() && matches.size() < total.getAsLong()) {
        failure =
            "the source announced "
                + total.getAsLong()
                + " resources and sent "
                + matches.size()
                + "; pull again, or ask what it withholds";
      }
    } catch (QueryFailedException e) {
      failure = "page " + (pages + 1) + ": " + e.reason();
      refusedAtOnce = pages == 0 && e instanceof QueryRefusedException;
    }
    deliveries.flush();
    refused.addAll(deliveries.refused());
    return new PullOutcome.Query(
        type,
        shown,
        pages,
        resources,
        deliveries.changed(),
        deliveries.unchanged(),
        refused,
        notes,
        failure,
        Collections.emptySortedSet());
  }

  /** Takes in one page and answers with the address of the next, or null after the last. */
  private @Nullable URI page(URI url) throws QueryFailedException {
    asked.add(url);
    SearchPage page = SearchPage.read(client.get(url));
    page.resources().forEach(this::take);
    page.empty().forEach(this::refuseEmpty);
    notes.addAll(page.notes());
    if (page.total().isPresent()) {
      total = page.total();
    }
    String outcomeFailure = page.outcomeFailure();
    if (outcomeFailure != null) {
      throw new QueryFailedException(outcomeFailure);
    }
    pages++;
    progress.arrived(type, pages, resources);
    return next(page.next());
  }

  private @Nullable URI next(@Nullable String link) throws QueryFailedException {
    if (link == null) {
      return null;
    }
    URI next = Origin.follow(endpoint.base(), link);
    if (asked.contains(next)) {
      throw new QueryFailedException(
          "the next link leads back to a page that was read; ask the source's vendor");
    }
    if (pages >= endpoint.limits().maxPages()) {
      throw new QueryFailedException(
          "more than " + endpoint.limits().maxPages() + " pages; ask for larger ones");
    }
    return next;
  }

  private void take(ObjectNode resource) {
    String given = resource.path("resourceType").asText();
    String id = resource.path("id").asText();
    String name =
        (AcceptedTypes.contains(given) ? given : "(another type)")
            + "/"
            + (Delivery.isId(id) ? id : "(no id)");
    resources++;
    if (given.equals(type)) {
      matches.add(id);
      ask.answered(resource).ifPresent(answered::add);
    }
    if (wanted.test(resource)) {
      deliveries.add(name, resource);
    }
  }

  private void refuseEmpty(int entry) {
    refused.add(
        new RefusedResource(
            type + " page " + (pages + 1),
            new Refusal(
                0,
                "Bundle.entry[" + entry + "].resource",
                "the entry holds no resource",
                "let the source send the whole resource")));
  }
}
