package se.nhv.fhir.evaluation.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.cql.engine.runtime.Code;
import org.opencds.cqf.cql.engine.terminology.CodeSystemInfo;
import org.opencds.cqf.cql.engine.terminology.TerminologyProvider;
import org.opencds.cqf.cql.engine.terminology.ValueSetInfo;
import se.nhv.fhir.content.ValueSetExpansions;
import se.nhv.fhir.measure.SystemCode;

/** The expanded value sets of the content; any other value set is an error. */
final class ValueSetTerminology implements TerminologyProvider {

  private final ValueSetExpansions expansions;

  ValueSetTerminology(ValueSetExpansions expansions) {
    this.expansions = expansions;
  }

  @Override
  public boolean in(Code code, ValueSetInfo valueSet) {
    return contains(String.valueOf(valueSet.getId()), code.getSystem(), code.getCode());
  }

  boolean contains(String valueSet, @Nullable String system, @Nullable String code) {
    return system != null
        && code != null
        && expansions.of(valueSet).contains(new SystemCode(system, code));
  }

  @Override
  public Iterable<Code> expand(ValueSetInfo valueSet) {
    List<Code> codes =
        expansions.of(String.valueOf(valueSet.getId())).stream()
            .map(c -> new Code().withSystem(c.system()).withCode(c.code()))
            .toList();
    return codes;
  }

  @Override
  public @Nullable Code lookup(Code code, CodeSystemInfo codeSystem) {
    return null; // displays decide nothing
  }
}
