package se.nhv.fhir.intake.mapping;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.CollectionStatus;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FHIRConstant;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.StrictJson;

/**
 * The part of FHIRPath that a unit may write. What could run for long, reach out, or give another
 * answer tomorrow is left out: regular expressions, resolve, terminology, repeat and descendants,
 * trace, now and today, and {@code %} variables. An expression sees one resource and nothing else.
 */
final class FhirPaths {

  private static final int MOST_CHARACTERS = 1000;
  private static final int MOST_NESTING = 8;
  private static final int MOST_NODES = 100;

  private static final Set<Function> ALLOWED =
      EnumSet.of(
          Function.Empty,
          Function.Not,
          Function.Exists,
          Function.Count,
          Function.Where,
          Function.Select,
          Function.All,
          Function.Item,
          Function.As,
          Function.Is,
          Function.OfType,
          Function.Single,
          Function.First,
          Function.Last,
          Function.Tail,
          Function.Skip,
          Function.Take,
          Function.Iif,
          Function.Upper,
          Function.Lower,
          Function.IndexOf,
          Function.Substring,
          Function.StartsWith,
          Function.EndsWith,
          Function.Contains,
          Function.Replace,
          Function.Length,
          Function.Trim,
          Function.Extension,
          Function.HasValue,
          Function.AllTrue,
          Function.AnyTrue,
          Function.AllFalse,
          Function.AnyFalse,
          Function.ToString,
          Function.ToInteger,
          Function.ToDecimal,
          Function.ToBoolean,
          Function.ConvertsToInteger,
          Function.ConvertsToDecimal,
          Function.ConvertsToBoolean);

  private FhirPaths() {}

  /** Why an expression cannot be taken. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /** Reads an expression, whose names are not checked yet. */
  static ExpressionNode parse(String text) throws RefusedException {
    if (text.isBlank() || text.length() > MOST_CHARACTERS) {
      throw new RefusedException("it takes 1 to " + MOST_CHARACTERS + " characters");
    }
    if (nesting(text) > MOST_NESTING) {
      throw new RefusedException("it is nested deeper than " + MOST_NESTING + " levels");
    }
    try {
      ExpressionNode node = engine().parse(text);
      if (count(node) > MOST_NODES) {
        throw new RefusedException("it has more than " + MOST_NODES + " parts");
      }
      return node;
    } catch (FHIRException e) {
      throw new RefusedException(reason(e));
    }
  }

  /** The types that it gives for a resource of that type; names that are not there are refused. */
  static Set<String> types(String resourceType, ExpressionNode node) throws RefusedException {
    try {
      TypeDetails types =
          engine()
              .checkOnTypes(
                  null,
                  resourceType,
                  null,
                  new TypeDetails(CollectionStatus.SINGLETON, resourceType),
                  node,
                  new ArrayList<>());
      return Set.copyOf(types.getTypes());
    } catch (FHIRException e) {
      throw new RefusedException(reason(e));
    }
  }

  /** The values; an expression that does not fit the resource throws a FHIRException. */
  static List<Base> evaluate(ExpressionNode node, Base resource) {
    return engine().evaluate(resource, node);
  }

  /** Whether it holds, by FHIRPath's own rule. */
  static boolean holds(ExpressionNode node, Base resource) {
    return engine().convertToBoolean(evaluate(node, resource));
  }

  private static int nesting(String text) {
    int depth = 0;
    int deepest = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '\\') {
        i++; // what it escapes is no bracket
      } else if (next == '\'') {
        quoted = !quoted;
      } else if (!quoted && (next == '(' || next == '[')) {
        deepest = Math.max(deepest, ++depth);
      } else if (!quoted && (next == ')' || next == ']')) {
        depth--;
      }
    }
    return deepest;
  }

  private static int count(@Nullable ExpressionNode node) throws RefusedException {
    if (node == null) {
      return 0;
    }
    if (node.getKind() == Kind.Function && !ALLOWED.contains(node.getFunction())) {
      throw new RefusedException("the function " + node.getName() + "() is not taken here");
    }
    if (node.getConstant() instanceof FHIRConstant constant
        && constant.getValue().startsWith("%")) {
      throw new RefusedException("variables are not taken here");
    }
    int nodes = 1 + count(node.getInner()) + count(node.getGroup()) + count(node.getOpNext());
    if (node.getParameters() != null) {
      for (ExpressionNode parameter : node.getParameters()) {
        nodes += count(parameter);
      }
    }
    return nodes;
  }

  private static String reason(FHIRException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^Error evaluating FHIRPath expression: ", "")
        .replace("http://hl7.org/fhir/StructureDefinition/", "");
  }

  private static FHIRPathEngine engine() {
    return Holder.ENGINE;
  }

  /** Made when the first rule is read: it reads FHIR's own definitions, which takes seconds. */
  private static final class Holder {
    static final FHIRPathEngine ENGINE = make();

    private static FHIRPathEngine make() {
      FhirContext context = StrictJson.context();
      return new FHIRPathEngine(new HapiWorkerContext(context, context.getValidationSupport()));
    }
  }
}
