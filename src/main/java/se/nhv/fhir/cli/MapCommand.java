package se.nhv.fhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hl7.fhir.r4.model.Resource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.MappedResource;
import se.nhv.fhir.intake.mapping.MappingFiles;
import se.nhv.fhir.intake.mapping.UnitMapping;
import se.nhv.fhir.intake.mapping.UnmappedCodes;

/** {@code map}: what a mapping makes of sample resources, and which codes it does not know. */
@Command(
    name = "map",
    description =
        "Tries a unit's mapping on sample resources: shows each change before and after with its"
            + " rule, and the codes that stay unmapped by frequency. Stores nothing. Exit code 3"
            + " when a resource could not be read or a rule could not be applied.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class MapCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "DIR",
      description = "the unit's ConceptMaps and StructureMaps (*.json)")
  private Path mapping;

  @Option(names = "--unmapped", description = "only the codes that stay unmapped")
  private boolean onlyUnmapped;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "a resource or a Bundle in JSON, or NDJSON (*.ndjson)")
  private List<Path> files = List.of();

  private int problems;

  @Override
  public Integer call() throws IOException {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new ParameterException(spec.commandLine(), "there is no file " + file);
      }
    }
    ContractCodes contract = ContractCodes.of(Content.packed());
    UnitMapping unit = UnitMapping.judged(MappingFiles.read(mapping), contract);
    UnmappedCodes unmapped = new UnmappedCodes(unit, contract);
    PrintWriter out = spec.commandLine().getOut();
    out.println("mapping " + unit.version());
    for (Path file : files) {
      for (byte[] json : contents(file)) {
        read(String.valueOf(file.getFileName()), json, unit, unmapped);
      }
    }
    tell(unmapped, out);
    out.flush();
    return problems == 0 ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private static List<byte[]> contents(Path file) throws IOException {
    if (!file.toString().endsWith(".ndjson")) {
      return List.of(Files.readAllBytes(file));
    }
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private void read(String name, byte[] json, UnitMapping unit, UnmappedCodes unmapped) {
    try {
      ObjectNode tree = StrictJson.tree(json);
      if (!tree.path("resourceType").asText().equals("Bundle")) {
        map(StrictJson.parse(tree), unit, unmapped);
        return;
      }
      for (JsonNode entry : tree.path("entry")) {
        if (entry.path("resource") instanceof ObjectNode resource) {
          map(StrictJson.parse(resource), unit, unmapped);
        }
      }
    } catch (MalformedResourceException e) {
      problems++;
      PrintWriter err = spec.commandLine().getErr();
      e.refusals().forEach(it -> err.println(name + ": " + it.text()));
      err.flush();
    }
  }

  private void map(Resource resource, UnitMapping unit, UnmappedCodes unmapped) {
    MappedResource mapped = unit.map(resource);
    unmapped.add(mapped);
    problems += mapped.failures().size();
    if (onlyUnmapped) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    String name = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    out.println();
    out.println(name + (mapped.after() == resource ? ": unchanged" : ""));
    for (MappedResource.Difference each : mapped.differences()) {
      out.println("  " + each.element());
      if (!each.before().isEmpty()) {
        out.println("    - " + each.before());
      }
      out.println("    + " + each.after() + "   (" + each.rule() + ")");
    }
    mapped.failures().forEach(it -> out.println("  ! " + it.rule() + ": " + it.reason()));
  }

  private static void tell(UnmappedCodes unmapped, PrintWriter out) {
    List<UnmappedCodes.Row> rows = unmapped.rows();
    out.println();
    out.println(rows.isEmpty() ? "no unmapped codes" : "unmapped codes:");
    if (!rows.isEmpty()) {
      TextTable table = new TextTable(List.of("count", "element", "system", "code"));
      for (UnmappedCodes.Row row : rows) {
        List<String> cells = new ArrayList<>();
        cells.add(Long.toString(row.count()));
        cells.add(row.element());
        cells.add(row.code().system().isEmpty() ? "-" : row.code().system());
        cells.add(row.code().code());
        table.add(cells);
      }
      table.print(out);
    }
    unmapped
        .failures()
        .forEach(
            (failure, count) ->
                out.println(
                    "failed " + count + " times: " + failure.rule() + ": " + failure.reason()));
  }
}
