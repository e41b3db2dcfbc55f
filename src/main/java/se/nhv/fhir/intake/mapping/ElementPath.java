package se.nhv.fhir.intake.mapping;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.StrictJson;

/**
 * Where a rule writes: names of elements and {@code extension('url')}, from the resource on. A
 * choice is named with its type ({@code performedDateTime}, {@code valueCoding}). Only the last
 * element may stand more than once; elements on the way are made where they are not there.
 *
 * @param text as it was written
 * @param steps from the resource to the element, at least one
 */
record ElementPath(String text, List<Step> steps) {

  private static final Set<String> NEVER =
      Set.of("id", "meta", "implicitRules", "text", "contained", "resourceType");

  /**
   * One element of the path.
   *
   * @param child the element of its parent
   * @param type the type of the element
   * @param url which extension it is, or null
   */
  record Step(
      BaseRuntimeChildDefinition child,
      BaseRuntimeElementDefinition<?> type,
      @Nullable String url) {

    boolean isList() {
      return url == null && child.getMax() != 1;
    }

    /** The first that is there and of that type, else a new one, which is added. */
    IBase enter(IBase parent) {
      for (IBase value : child.getAccessor().getValues(parent)) {
        boolean same = url == null || (value instanceof Extension it && url.equals(it.getUrl()));
        if (same && type.getImplementingClass().isInstance(value)) {
          return value;
        }
      }
      IBase made = type.newInstance(child.getInstanceConstructorArguments());
      if (made instanceof Extension extension && url != null) {
        extension.setUrl(url);
      }
      child.getMutator().addValue(parent, made);
      return made;
    }
  }

  /** Reads a path from a resource of that type on. */
  static ElementPath of(String resourceType, String text) throws FhirPaths.RefusedException {
    BaseRuntimeElementDefinition<?> at = StrictJson.context().getResourceDefinition(resourceType);
    List<Step> steps = new ArrayList<>();
    for (ExpressionNode node = FhirPaths.parse(text); node != null; node = node.getInner()) {
      if (node.getOpNext() != null) {
        throw new FhirPaths.RefusedException("it is no path to an element");
      }
      if (!(steps.isEmpty() && resourceType.equals(node.getName()))) {
        Step step = step(at, node, steps.isEmpty());
        if (!steps.isEmpty() && steps.get(steps.size() - 1).isList()) {
          throw new FhirPaths.RefusedException(
              "an element on the way may stand more than once, so that it is not clear which");
        }
        steps.add(step);
        at = step.type();
      }
    }
    if (steps.isEmpty() || steps.get(steps.size() - 1).url() != null) {
      throw new FhirPaths.RefusedException("it ends at no value: go on, for example to valueDate");
    }
    return new ElementPath(text, List.copyOf(steps));
  }

  private static Step step(
      BaseRuntimeElementDefinition<?> parent, ExpressionNode node, boolean first)
      throws FhirPaths.RefusedException {
    String name = String.valueOf(node.getName());
    String url = null;
    if (node.getKind() == Kind.Function && node.getFunction() == Function.Extension) {
      Base constant = node.getParameters().get(0).getConstant();
      url = constant == null ? null : constant.primitiveValue();
      name = "extension";
    }
    boolean isStep = url != null || node.getKind() == Kind.Name;
    BaseRuntimeChildDefinition child =
        isStep && parent instanceof BaseRuntimeElementCompositeDefinition<?> composite
            ? composite.getChildByName(name)
            : null;
    BaseRuntimeElementDefinition<?> type = child == null ? null : child.getChildByName(name);
    if (child == null || type == null || (url == null && name.equals("extension"))) {
      throw new FhirPaths.RefusedException(
          "there is no element '"
              + name
              + "' here; an extension is written extension('url'), a choice with its type");
    }
    if (first && NEVER.contains(name)) {
      throw new FhirPaths.RefusedException("'" + name + "' is not for rules to write");
    }
    return new Step(child, type, url);
  }

  /** The type of the element. */
  String type() {
    return last().type().getName();
  }

  private Step last() {
    return steps.get(steps.size() - 1);
  }

  /** Whether the element is below that one of the resource, or is it. */
  boolean isUnder(String element) {
    return steps.get(0).child().getElementName().equals(element);
  }

  /**
   * Writes the values: sets an element that stands once, adds to a list what it does not hold.
   *
   * @return what stood there before, where anything has changed; else null
   */
  @Nullable Written write(IBase resource, List<Base> values) throws UnwritableException {
    Step last = last();
    if (values.size() > 1 && !last.isList()) {
      throw new UnwritableException(values.size() + " values for an element that stands once");
    }
    List<IBase> typed = new ArrayList<>();
    for (Base value : values) {
      IBase one = TypedValue.of(value, last.child(), last.type());
      if (one == null) {
        throw new UnwritableException("a value that cannot be written as " + type());
      }
      typed.add(one);
    }
    IBase parent = resource;
    for (Step step : steps.subList(0, steps.size() - 1)) {
      parent = step.enter(parent);
    }
    return last.isList() ? add(parent, typed) : set(parent, typed);
  }

  private @Nullable Written add(IBase parent, List<IBase> typed) {
    List<IBase> before = List.copyOf(last().child().getAccessor().getValues(parent));
    boolean changed = false;
    for (IBase value : typed) {
      boolean there =
          last().child().getAccessor().getValues(parent).stream().anyMatch(it -> same(it, value));
      if (!there) {
        last().child().getMutator().addValue(parent, value);
        changed = true;
      }
    }
    return changed ? new Written(before, last().child().getAccessor().getValues(parent)) : null;
  }

  private @Nullable Written set(IBase parent, List<IBase> typed) {
    List<IBase> before = List.copyOf(last().child().getAccessor().getValues(parent));
    if (typed.isEmpty() || (before.size() == 1 && same(before.get(0), typed.get(0)))) {
      return null;
    }
    last().child().getMutator().setValue(parent, typed.get(0));
    return new Written(before, typed);
  }

  private static boolean same(IBase one, IBase other) {
    return ((Base) one).equalsDeep((Base) other);
  }

  /** What stood at an element and what stands there now. */
  record Written(List<IBase> before, List<IBase> after) {}

  /** A value that the element cannot hold; the message names no value. */
  static final class UnwritableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnwritableException(String reason) {
      super(reason);
    }
  }
}
