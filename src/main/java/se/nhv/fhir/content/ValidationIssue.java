package se.nhv.fhir.content;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import se.nhv.fhir.measure.Canonicals;

/**
 * One thing that the validator has to say of a resource, and its place in it.
 *
 * @param expression FHIRPath to the element, for instance {@code Patient.birthDate}
 */
record ValidationIssue(
    IssueSeverity severity, IssueType type, String expression, String diagnostics) {

  private static final Pattern RESOURCE_COMMENT = Pattern.compile("/\\*.*?\\*/");

  static ValidationIssue of(SingleValidationMessage message) {
    String id = Objects.requireNonNullElse(message.getMessageId(), "");
    String text = Objects.requireNonNullElse(message.getMessage(), "");
    String place = Objects.requireNonNullElse(message.getLocationString(), "");
    return new ValidationIssue(
        severity(message, id, text),
        type(id),
        RESOURCE_COMMENT.matcher(place).replaceAll(""),
        text);
  }

  static ValidationIssue error(IssueType type, String expression, String diagnostics) {
    return new ValidationIssue(IssueSeverity.ERROR, type, expression, diagnostics);
  }

  static OperationOutcome outcome(List<ValidationIssue> issues) {
    OperationOutcome outcome = new OperationOutcome();
    if (issues.isEmpty()) {
      outcome
          .addIssue()
          .setSeverity(IssueSeverity.INFORMATION)
          .setCode(IssueType.INFORMATIONAL)
          .setDiagnostics("No issues");
    }
    issues.forEach(issue -> outcome.addIssue(issue.component()));
    return outcome;
  }

  boolean isError() {
    return severity == IssueSeverity.ERROR || severity == IssueSeverity.FATAL;
  }

  /** The same issue of a resource that stands in a Bundle. */
  ValidationIssue within(String place) {
    int dot = expression.indexOf('.');
    return new ValidationIssue(
        severity, type, place + (dot < 0 ? "" : expression.substring(dot)), diagnostics);
  }

  private OperationOutcomeIssueComponent component() {
    OperationOutcomeIssueComponent component =
        new OperationOutcomeIssueComponent()
            .setSeverity(severity)
            .setCode(type)
            .setDiagnostics(diagnostics);
    if (!expression.isEmpty()) {
      component.addExpression(expression);
    }
    return component;
  }

  /**
   * What stands under our own root and is not defined there is misspelt: the validator only notes
   * it, as it would for anybody's system, but here it is an error.
   */
  private static IssueSeverity severity(SingleValidationMessage message, String id, String text) {
    boolean undefined =
        id.startsWith("Extension_EXT_Unknown")
            || text.startsWith("CodeSystem is unknown and can't be validated");
    if (undefined && text.contains(Canonicals.ROOT + "/")) {
      return IssueSeverity.ERROR;
    }
    return message.getSeverity() == null
        ? IssueSeverity.ERROR
        : IssueSeverity.valueOf(message.getSeverity().name().toUpperCase(Locale.ROOT));
  }

  private static IssueType type(String id) {
    if (id.contains("StructureDefinition/")) {
      return IssueType.INVARIANT;
    }
    if (id.startsWith("Terminology")) {
      return IssueType.CODEINVALID;
    }
    return id.contains("Minimum") ? IssueType.REQUIRED : IssueType.STRUCTURE;
  }
}
