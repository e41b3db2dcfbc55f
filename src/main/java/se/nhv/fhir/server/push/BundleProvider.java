package se.nhv.fhir.server.push;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.DeliveryRefusedException;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.SeveralMatchesException;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.DoorRules;
import se.nhv.fhir.server.door.IfMatch;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.Scopes;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.VersionConflictException;

/** Bundles pushed to the intake door (FHIR R4, http.html#transaction). */
final class BundleProvider {

  private static final String NOTHING_STORED = "Nothing of the Bundle was stored";

  private final Intake intake;
  private final Placeholders placeholders;
  private final Meters meters;

  BundleProvider(Intake intake, Placeholders placeholders, Meters meters) {
    this.intake = intake;
    this.placeholders = placeholders;
    this.meters = meters;
  }

  /**
   * A transaction or a batch.
   *
   * @param unread stands for the Bundle, which is read from the bytes so that every fault is named
   */
  @Transaction
  public Bundle take(@TransactionParam Bundle unread, RequestDetails request) {
    PushedBundle pushed = PushedBundle.of(StrictJson.tree(request.loadRequestContents()));
    Unit unit = Caller.unitOf(request);
    Scopes scopes = Credential.of(request).scopes();
    pushed.entries().forEach(entry -> require(scopes, entry.delivery()));
    return pushed.type() == BundleType.TRANSACTION
        ? transaction(unit, pushed.entries(), request)
        : batch(unit, pushed.entries(), request);
  }

  /** An entry takes the same scope as it would by itself. */
  private static void require(Scopes scopes, @Nullable Delivery delivery) {
    boolean allowed = true;
    if (delivery instanceof Delivery.Update update) {
      allowed = scopes.allow(update.resource().fhirType(), "u");
    } else if (delivery instanceof Delivery.CreateIfNoneExist create) {
      allowed = scopes.allow(create.resource().fhirType(), "c");
    } else if (delivery instanceof Delivery.Deletion deletion) {
      allowed = scopes.allow(deletion.type(), "d");
    }
    if (!allowed) {
      String text = "The scopes of the token do not hold what an entry of the Bundle does.";
      throw new ForbiddenOperationException(text, Outcomes.error(IssueType.FORBIDDEN, text));
    }
  }

  private Bundle transaction(Unit unit, List<BundleEntry> entries, RequestDetails request) {
    refuseIfAny(entries);
    List<Delivery> deliveries = placeholders.resolve(unit, entries);
    List<Applied> applied = deliver(unit, deliveries);
    Bundle answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
    for (int i = 0; i < applied.size(); i++) {
      Pushed.note(request, deliveries.get(i), applied.get(i));
      answer.addEntry().setResponse(response(deliveries.get(i), applied.get(i)));
    }
    return answer;
  }

  private Bundle batch(Unit unit, List<BundleEntry> entries, RequestDetails request) {
    Bundle answer = new Bundle().setType(BundleType.BATCHRESPONSE);
    for (BundleEntry entry : entries) {
      answer.addEntry().setResponse(alone(unit, entry, request));
    }
    return answer;
  }

  private BundleEntryResponseComponent alone(Unit unit, BundleEntry entry, RequestDetails request) {
    if (entry.delivery() == null) {
      meters.refused(entry.refusals());
      return failed(entry.malformed() ? 400 : 422, Outcomes.refused(entry.refusals()));
    }
    try {
      Applied applied = intake.deliver(unit, List.of(entry.delivery())).get(0);
      Pushed.note(request, entry.delivery(), applied);
      return response(entry.delivery(), applied);
    } catch (DeliveryRefusedException e) {
      return failed(
          e instanceof SeveralMatchesException ? 412 : 422,
          Outcomes.refused(e.refusals().stream().map(it -> placed(entry.index(), it)).toList()));
    } catch (VersionConflictException e) {
      int status = expectsVersion(entry.delivery()) ? 412 : 409;
      return failed(status, Outcomes.error(Outcomes.issueType(status), text(e)));
    }
  }

  private List<Applied> deliver(Unit unit, List<Delivery> deliveries) {
    try {
      return intake.deliver(unit, deliveries);
    } catch (DeliveryRefusedException e) {
      throw refused(e);
    } catch (VersionConflictException e) {
      boolean expected = deliveries.stream().anyMatch(it -> expectsVersion(it) && names(it, e));
      throw DoorRules.conflict(e, expected);
    }
  }

  private static BaseServerResponseException refused(DeliveryRefusedException e) {
    OperationOutcome outcome =
        Outcomes.refused(e.refusals().stream().map(it -> placed(it.index(), it)).toList());
    return e instanceof SeveralMatchesException
        ? new PreconditionFailedException(NOTHING_STORED, outcome)
        : new UnprocessableEntityException(NOTHING_STORED, outcome);
  }

  private void refuseIfAny(List<BundleEntry> entries) {
    List<Refusal> refusals = new ArrayList<>();
    entries.forEach(entry -> refusals.addAll(entry.refusals()));
    boolean malformed = entries.stream().anyMatch(BundleEntry::malformed);
    refusals.addAll(repeated(entries));
    if (!refusals.isEmpty()) {
      meters.refused(refusals);
      OperationOutcome outcome = Outcomes.refused(refusals);
      BaseServerResponseException refused =
          malformed
              ? new InvalidRequestException(NOTHING_STORED, outcome)
              : new UnprocessableEntityException(NOTHING_STORED, outcome);
      throw refused;
    }
  }

  private static List<Refusal> repeated(List<BundleEntry> entries) {
    Map<String, Integer> first = new HashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    for (BundleEntry entry : entries) {
      String target = target(entry.delivery());
      Integer earlier = target.isEmpty() ? null : first.putIfAbsent(target, entry.index());
      if (earlier != null) {
        refusals.add(
            new Refusal(
                entry.index(),
                "Bundle.entry[" + entry.index() + "].request.url",
                "entry " + earlier + " is for the same resource",
                "send each resource once in a transaction"));
      }
    }
    return refusals;
  }

  private static String target(@Nullable Delivery delivery) {
    if (delivery instanceof Delivery.Update update) {
      return update.resource().fhirType() + "/" + update.resource().getIdElement().getIdPart();
    }
    return delivery instanceof Delivery.Deletion deletion
        ? deletion.type() + "/" + deletion.id()
        : "";
  }

  private static boolean names(Delivery delivery, VersionConflictException e) {
    return target(delivery).equals(e.key().toString());
  }

  private static boolean expectsVersion(Delivery delivery) {
    if (delivery instanceof Delivery.Update update) {
      return update.expectedVersion() != null;
    }
    return delivery instanceof Delivery.Deletion deletion && deletion.expectedVersion() != null;
  }

  private static Refusal placed(int index, Refusal refusal) {
    return new Refusal(
        index,
        "Bundle.entry[" + index + "]" + BundleEntry.within(refusal.element()),
        refusal.problem(),
        refusal.remedy());
  }

  private static String text(VersionConflictException e) {
    return e.getMessage() + ": read it again and decide.";
  }

  private static BundleEntryResponseComponent failed(int status, OperationOutcome outcome) {
    BundleEntryResponseComponent response = new BundleEntryResponseComponent();
    response.setStatus(status + " " + HttpStatus.valueOf(status).getReasonPhrase());
    response.setOutcome(outcome);
    return response;
  }

  private static BundleEntryResponseComponent response(Delivery delivery, Applied applied) {
    BundleEntryResponseComponent response = new BundleEntryResponseComponent();
    if (delivery instanceof Delivery.Deletion) {
      return response.setStatus("204 No Content").setEtag(IfMatch.etag(applied.version()));
    }
    if (applied.effect() == Applied.Effect.SUPERSEDED) {
      response.setOutcome(Outcomes.superseded(applied));
    }
    return response
        .setStatus(applied.effect() == Applied.Effect.CREATED ? "201 Created" : "200 OK")
        .setLocation(applied.key() + "/_history/" + applied.version())
        .setEtag(IfMatch.etag(applied.version()))
        .setLastModified(Date.from(applied.stored()));
  }
}
