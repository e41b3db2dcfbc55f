package se.nhv.fhir.reporting.obligation;

import java.time.Instant;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import se.nhv.fhir.measure.Canonicals;

/** An obligation as a FHIR R4 Task. */
public final class ObligationTask {

  /** The system of its identifier, whose value is its id. */
  public static final String IDENTIFIER = Canonicals.identifier("redovisning");

  /** The system of its code. */
  public static final String CODES = Canonicals.codeSystem("uppgift");

  /** Its code. */
  public static final String CODE = "redovisning";

  /** The code system of its business status. */
  public static final String STATES = Canonicals.codeSystem("redovisningslage");

  /** The further code of one that is late. */
  public static final String LATE = "forsenad";

  private ObligationTask() {}

  /**
   * The Task, which is kept nowhere.
   *
   * @param today the day by which it is late or not
   */
  public static Task of(Obligation obligation, LocalDate today) {
    Task task = new Task();
    task.setId(obligation.id());
    task.addIdentifier().setSystem(IDENTIFIER).setValue(obligation.id());
    task.getGroupIdentifier()
        .setSystem(IDENTIFIER)
        .setValue(obligation.area() + "-" + obligation.year());
    task.setStatus(obligation.state().status()).setIntent(Task.TaskIntent.ORDER);
    task.setBusinessStatus(businessStatus(obligation, today));
    obligation.returned().ifPresent(why -> task.getStatusReason().setText(why));
    task.getCode().addCoding().setSystem(CODES).setCode(CODE).setDisplay("Redovisning");
    String unit = "Organization/" + obligation.unit();
    task.getFor().setReference(unit);
    task.getOwner().setReference(unit);
    task.getRestriction().getPeriod().setEndElement(new DateTimeType(obligation.due().toString()));
    input(task, "area", obligation.area().code());
    input(task, "reportingYear", obligation.year().toString());
    obligation.reports().forEach(it -> report(task, it));
    obligation.submitted().ifPresent(it -> submitted(task, it));
    if (obligation.isAnswerUnknown()) {
      task.addNote()
          .setText(
              "Den nationella sidan kunde inte nås: om redovisningen är mottagen är inte känt.");
    }
    return task;
  }

  private static CodeableConcept businessStatus(Obligation obligation, LocalDate today) {
    CodeableConcept status = new CodeableConcept();
    status
        .addCoding()
        .setSystem(STATES)
        .setCode(obligation.state().code())
        .setDisplay(obligation.state().display());
    if (obligation.isLate(today)) {
      status.addCoding().setSystem(STATES).setCode(LATE).setDisplay("Försenad");
    }
    return status;
  }

  private static void input(Task task, String name, String value) {
    task.addInput().setValue(new StringType(value)).getType().setText(name);
  }

  /** What is owed as input; what was handed in, by its revision, as output. */
  private static void report(Task task, Obligation.Due due) {
    Reference owed = new Reference("MeasureReport/" + due.id());
    owed.setDisplay(due.progress().state().display());
    task.addInput().setValue(owed).getType().setText("report");
    if (due.progress().revision() > 0) {
      Reference submitted =
          new Reference("MeasureReport/" + due.id() + "/_history/" + due.progress().revision());
      task.addOutput().setValue(submitted).getType().setText("submitted");
    }
  }

  /** When everything had been handed in for the first time. */
  private static void submitted(Task task, Instant when) {
    InstantType at = new InstantType();
    at.setValueAsString(when.toString());
    task.addOutput().setValue(at).getType().setText("submittedFirst");
  }
}
