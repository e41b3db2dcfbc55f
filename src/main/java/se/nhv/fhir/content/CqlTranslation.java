package se.nhv.fhir.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import kotlinx.io.CoreKt;
import kotlinx.io.JvmCoreKt;
import kotlinx.io.Source;
import org.cqframework.cql.cql2elm.CqlCompilerException;
import org.cqframework.cql.cql2elm.CqlCompilerOptions;
import org.cqframework.cql.cql2elm.CqlTranslator;
import org.cqframework.cql.cql2elm.LibraryBuilder.SignatureLevel;
import org.cqframework.cql.cql2elm.LibraryManager;
import org.cqframework.cql.cql2elm.LibrarySourceProvider;
import org.cqframework.cql.cql2elm.ModelManager;
import org.cqframework.cql.cql2elm.quick.FhirLibrarySourceProvider;
import org.cqframework.cql.cql2elm.tracking.TrackBack;
import org.hl7.elm.r1.IncludeDef;
import org.hl7.elm.r1.Library;
import org.hl7.elm.r1.ValueSetDef;
import org.hl7.elm.r1.VersionedIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Translates every CQL file to ELM, once. The file stem is the library's name and version, by which
 * includes are found.
 */
final class CqlTranslation {

  static final String FOLDER = "measures-fhir/input/cql/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<String, byte[]> files;
  private final List<ContentFault> faults;
  private final Map<String, String> pathById = new TreeMap<>();
  private final LibraryManager manager;

  CqlTranslation(ContentFiles content, List<ContentFault> faults) {
    this.files = content.under(FOLDER, ".cql");
    this.faults = faults;
    CqlCompilerOptions options =
        new CqlCompilerOptions(
            CqlCompilerOptions.Options.EnableLocators,
            CqlCompilerOptions.Options.EnableResultTypes,
            CqlCompilerOptions.Options.DisableListDemotion,
            CqlCompilerOptions.Options.DisableListPromotion);
    options.setSignatureLevel(SignatureLevel.All);
    this.manager = new LibraryManager(new ModelManager(), options);
    manager.getLibrarySourceLoader().registerProvider(new OurSources());
    manager.getLibrarySourceLoader().registerProvider(new FhirLibrarySourceProvider());
  }

  CqlLibraries translate() {
    for (String path : files.keySet()) {
      String stem = path.substring(path.lastIndexOf('/') + 1, path.length() - ".cql".length());
      String other = pathById.putIfAbsent(stem, path);
      if (other != null) {
        faults.add(new ContentFault(path, "", "the library " + stem + " is also in " + other));
      }
    }
    Map<String, TranslatedLibrary> translated = new HashMap<>();
    pathById.forEach((id, path) -> translate(id, path, translated));
    return new CqlLibraries(manager, translated);
  }

  private void translate(String id, String path, Map<String, TranslatedLibrary> translated) {
    int hyphen = id.indexOf('-');
    if (hyphen < 1) {
      faults.add(new ContentFault(path, "", "the file is to be named <library>-<version>.cql"));
      return;
    }
    VersionedIdentifier identifier =
        new VersionedIdentifier()
            .withId(id.substring(0, hyphen))
            .withVersion(id.substring(hyphen + 1));
    List<CqlCompilerException> problems = new ArrayList<>();
    Library elm;
    try {
      elm = manager.resolveLibrary(identifier, problems).getLibrary();
    } catch (RuntimeException e) { // the translator has no common type for what it throws
      faults.add(new ContentFault(path, "", String.valueOf(e.getMessage())));
      return;
    }
    List<ContentFault> ours =
        problems.stream()
            .filter(p -> p.getSeverity() != CqlCompilerException.ErrorSeverity.Info)
            .filter(p -> isIn(p, identifier))
            .map(p -> fault(path, p))
            .toList();
    faults.addAll(ours);
    if (elm != null && ours.isEmpty()) {
      translated.put(id, describe(path, elm));
    }
  }

  private TranslatedLibrary describe(String path, Library elm) {
    List<String> includes = new ArrayList<>();
    Library.Includes included = elm.getIncludes();
    for (IncludeDef include : included == null ? List.<IncludeDef>of() : included.getDef()) {
      String id = include.getPath() + "-" + include.getVersion();
      if (pathById.containsKey(id)) {
        includes.add(id);
      }
    }
    Set<String> valueSets = new TreeSet<>();
    Library.ValueSets named = elm.getValueSets();
    for (ValueSetDef valueSet : named == null ? List.<ValueSetDef>of() : named.getDef()) {
      valueSets.add(String.valueOf(valueSet.getId()));
    }
    String json = CqlTranslator.convertToJson(elm);
    String source = new String(files.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    return new TranslatedLibrary(
        path, source, elm, json, includes, valueSets, retrievedTypes(path, json));
  }

  /** Every retrieve in the ELM, wherever it stands: the JSON form is the one that is whole. */
  private SortedSet<String> retrievedTypes(String path, String json) {
    SortedSet<String> types = new TreeSet<>();
    try {
      for (JsonNode retrieve : JSON.readTree(json).findParents("dataType")) {
        if ("Retrieve".equals(retrieve.path("type").asText())) {
          String name = retrieve.path("dataType").asText();
          types.add(name.substring(name.indexOf('}') + 1));
        }
      }
    } catch (JsonProcessingException e) {
      faults.add(new ContentFault(path, "", "its ELM is not JSON: " + e.getOriginalMessage()));
    }
    return types;
  }

  /** The faults of an included library are told once, where it stands. */
  private static boolean isIn(CqlCompilerException problem, VersionedIdentifier identifier) {
    TrackBack place = problem.getLocator();
    VersionedIdentifier library = place == null ? null : place.getLibrary();
    return library == null || String.valueOf(identifier.getId()).equals(library.getId());
  }

  private static ContentFault fault(String path, CqlCompilerException problem) {
    TrackBack place = problem.getLocator();
    String message = String.valueOf(problem.getMessage());
    boolean isUnpinned = message.startsWith("Could not load") && message.contains("version null");
    return new ContentFault(
        path,
        place == null ? "" : "line " + place.getStartLine() + ", column " + place.getStartChar(),
        isUnpinned ? message + " An include pins a version." : message);
  }

  /** Our own files, by name and version. */
  private final class OurSources implements LibrarySourceProvider {

    @Override
    public @Nullable Source getLibrarySource(VersionedIdentifier identifier) {
      String path = pathById.get(identifier.getId() + "-" + identifier.getVersion());
      byte[] cql = path == null ? null : files.get(path);
      return cql == null
          ? null
          : CoreKt.buffered(JvmCoreKt.asSource(new ByteArrayInputStream(cql)));
    }
  }
}
