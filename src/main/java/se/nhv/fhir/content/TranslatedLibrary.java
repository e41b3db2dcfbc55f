package se.nhv.fhir.content;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.hl7.elm.r1.ExpressionDef;
import org.hl7.elm.r1.FunctionDef;
import org.hl7.elm.r1.Library;
import org.hl7.elm.r1.VersionedIdentifier;

/**
 * One CQL library of ours and what is known of it after translation.
 *
 * @param path the path of its file
 * @param source its CQL
 * @param elm its ELM
 * @param elmJson its ELM as JSON
 * @param includes the ids of the libraries of ours that it includes, directly
 * @param valueSets the canonical URLs of the value sets that it names itself
 * @param retrievedTypes the resource types that it retrieves itself
 */
record TranslatedLibrary(
    String path,
    String source,
    Library elm,
    String elmJson,
    List<String> includes,
    Set<String> valueSets,
    SortedSet<String> retrievedTypes) {

  TranslatedLibrary {
    includes = List.copyOf(includes);
    valueSets = Set.copyOf(valueSets);
    retrievedTypes = Collections.unmodifiableSortedSet(retrievedTypes);
  }

  /** The name and version. */
  VersionedIdentifier identifier() {
    VersionedIdentifier identifier = elm.getIdentifier();
    if (identifier == null) {
      throw new IllegalStateException(path + " has no library header");
    }
    return identifier;
  }

  /** Name, hyphen, version. */
  String id() {
    return identifier().getId() + "-" + identifier().getVersion();
  }

  /** Whether it has an expression definition (not a function) of that name. */
  boolean hasExpression(String name) {
    return definitions(name).anyMatch(d -> !(d instanceof FunctionDef));
  }

  /** Whether it has a function of that name with so many operands. */
  boolean hasFunction(String name, int operands) {
    return definitions(name)
        .anyMatch(d -> d instanceof FunctionDef f && f.getOperand().size() == operands);
  }

  private Stream<ExpressionDef> definitions(String name) {
    Library.Statements statements = elm.getStatements();
    return statements == null
        ? Stream.empty()
        : statements.getDef().stream().filter(d -> name.equals(d.getName()));
  }
}
