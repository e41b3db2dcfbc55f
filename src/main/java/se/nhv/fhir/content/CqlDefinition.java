package se.nhv.fhir.content;

import java.util.List;
import java.util.Set;

/**
 * A definition or function of a CQL library.
 *
 * @param name its name, with the types of its operands if it is a function
 * @param firstLine the line of its file on which it begins, from 1
 * @param lastLine the line on which it ends
 * @param uses the names that it refers to itself
 */
public record CqlDefinition(Name name, int firstLine, int lastLine, Set<Name> uses) {

  /**
   * A name in a library. The overloads of a function differ in the types of their operands.
   *
   * @param libraryId the id of the library, name and version
   * @param name the name
   * @param operands the types of a function's operands as ELM names them; empty for a definition
   */
  public record Name(String libraryId, String name, List<String> operands) {

    /** Copies the list. */
    public Name {
      operands = List.copyOf(operands);
    }

    @Override
    public String toString() {
      return libraryId + " \"" + name + '"';
    }
  }

  /** Copies the set. */
  public CqlDefinition {
    uses = Set.copyOf(uses);
  }
}
