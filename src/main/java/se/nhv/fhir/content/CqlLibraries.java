package se.nhv.fhir.content;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cqframework.cql.cql2elm.LibraryManager;
import org.hl7.elm.r1.Library;
import org.hl7.elm.r1.VersionedIdentifier;

/**
 * The CQL libraries, translated to ELM. Only read after construction, so any number of engines may
 * share it.
 */
public final class CqlLibraries {

  private final LibraryManager manager;
  private final Map<String, TranslatedLibrary> byId;

  CqlLibraries(LibraryManager manager, Map<String, TranslatedLibrary> byId) {
    this.manager = manager;
    this.byId = Map.copyOf(byId);
  }

  /** The manager that holds every library compiled, for an engine to run them. */
  public LibraryManager manager() {
    return manager;
  }

  /**
   * The ELM of the library.
   *
   * @throws IllegalArgumentException if there is none with that id
   */
  public Library elm(String libraryId) {
    return translated(libraryId).elm();
  }

  /** The name and version of the library, as engines want them. */
  public VersionedIdentifier identifier(String libraryId) {
    return translated(libraryId).identifier();
  }

  /** The types of resource that the library and those it includes retrieve. */
  public SortedSet<String> retrievedTypes(String libraryId) {
    TranslatedLibrary library = translated(libraryId);
    SortedSet<String> types = new TreeSet<>(library.retrievedTypes());
    library.includes().forEach(id -> types.addAll(retrievedTypes(id)));
    return types;
  }

  /** The definitions and functions of the library, in the order of its file. */
  public List<CqlDefinition> definitions(String libraryId) {
    return new DefinitionReader(translated(libraryId)).definitions();
  }

  /** The ids of the libraries of ours: it and those that it includes, directly or not. */
  public SortedSet<String> withIncludes(String libraryId) {
    SortedSet<String> ids = new TreeSet<>(Set.of(libraryId));
    translated(libraryId).includes().forEach(id -> ids.addAll(withIncludes(id)));
    return ids;
  }

  TranslatedLibrary translated(String libraryId) {
    TranslatedLibrary library = byId.get(libraryId);
    if (library == null) {
      throw new IllegalArgumentException("there is no CQL library " + libraryId);
    }
    return library;
  }

  Set<String> ids() {
    return byId.keySet();
  }
}
