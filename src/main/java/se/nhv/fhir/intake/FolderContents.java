package se.nhv.fhir.intake;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.RawResource;

/**
 * All accepted resources in a folder of NDJSON ({@code *.ndjson}, {@code *.ndjson.gz}) and JSON
 * ({@code *.json}: Bundles, or single resources), held in memory as their raw bytes. What cannot be
 * read is a gap, and reading goes on. Neither the order of files nor of lines matters.
 */
final class FolderContents {

  /**
   * A resource as it was found.
   *
   * @param resource its type, id and raw bytes
   * @param subject the id of its Patient, its own for a Patient; null where it names none
   * @param lastUpdated meta.lastUpdated, or the distant past
   * @param place file and line, or file
   */
  record Found(RawResource resource, @Nullable String subject, Instant lastUpdated, String place) {

    /** Later, or as late and the greater text in the order of bytes. */
    boolean replaces(Found other) {
      int byTime = lastUpdated.compareTo(other.lastUpdated);
      return byTime > 0
          || (byTime == 0 && Arrays.compareUnsigned(resource.json(), other.resource.json()) > 0);
    }

    /** The same as the mapping makes it; as it is where it cannot be read or nothing changes. */
    Found mapped(ResourceMapping.InForce mapping) {
      if (mapping.version().isEmpty()) {
        return this;
      }
      try {
        Resource sent = StrictJson.parse(resource.json());
        Resource mapped = mapping.apply(sent);
        if (mapped == sent) {
          return this;
        }
        byte[] json = StrictJson.encode(mapped);
        Admission admission = Admission.withId(mapped, json);
        String about = resource.type().equals("Patient") ? resource.id() : admission.subject();
        RawResource made = new RawResource(resource.type(), resource.id(), json);
        return new Found(made, about, lastUpdated, place);
      } catch (MalformedResourceException e) {
        return this;
      }
    }
  }

  private final TreeMap<String, Found> found = new TreeMap<>();
  private final List<String> gaps = new ArrayList<>();

  private FolderContents() {}

  /**
   * Reads all files that lie directly in the folder.
   *
   * @throws IllegalArgumentException if there is no such folder
   */
  static FolderContents read(Path folder) {
    FolderContents contents = new FolderContents();
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      contents.gaps.add(folder + ": holds no *.ndjson, *.ndjson.gz or *.json file");
    }
    for (Path file : files) {
      contents.readFile(file);
    }
    return contents;
  }

  /** Every resource once, in the order of types and ids. */
  Collection<Found> resources() {
    return found.values();
  }

  /** What could not be read. */
  List<String> gaps() {
    return gaps;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(FolderContents::isData).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'" + folder + "' cannot be read as a folder; name one that holds NDJSON or Bundles", e);
    }
  }

  private static boolean isData(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && (name.endsWith(".ndjson") || name.endsWith(".ndjson.gz") || name.endsWith(".json"));
  }

  private void readFile(Path file) {
    String name = String.valueOf(file.getFileName());
    try (InputStream stream = Files.newInputStream(file)) {
      if (name.endsWith(".json")) {
        readJson(name, stream.readAllBytes());
      } else {
        readLines(name, name.endsWith(".gz") ? new GZIPInputStream(stream) : stream);
      }
    } catch (IOException e) {
      gaps.add(name + ": cannot be read (" + e.getClass().getSimpleName() + "); send it again");
    }
  }

  private void readLines(String name, InputStream stream) {
    NdjsonLines lines = new NdjsonLines(stream);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        readJson(name + " line " + lines.number(), line);
      }
    } catch (IOException e) {
      String problem = e instanceof NdjsonLines.TooLongException ? "is too long" : "cannot be read";
      gaps.add(name + " line " + lines.number() + ": " + problem + "; nothing after it was read");
    }
  }

  private void readJson(String place, byte[] json) {
    ResourceHead.Slice whole = NdjsonLines.trimmed(json);
    if (whole.from() < whole.to()) {
      read(place, json, whole);
    } else if (place.endsWith(".json")) {
      gaps.add(place + ": is empty; send it again");
    }
  }

  private void read(String place, byte[] json, ResourceHead.Slice slice) {
    try {
      ResourceHead head = ResourceHead.read(json, slice);
      if ("Bundle".equals(head.type())) {
        head.entries().forEach(entry -> read(place, json, entry));
      } else {
        keep(place, head, Arrays.copyOfRange(json, slice.from(), slice.to()));
      }
    } catch (JacksonException e) {
      gaps.add(place + ": " + StrictJson.reason(e));
    } catch (IOException e) {
      gaps.add(place + ": is not JSON in UTF-8");
    }
  }

  private void keep(String place, ResourceHead head, byte[] json) {
    String type = head.type();
    String id = head.id() == null ? "" : head.id();
    if (type == null) {
      gaps.add(place + ": has no resourceType");
    } else if (head.failed() && type.equals("OperationOutcome")) {
      gaps.add(place + ": is an OperationOutcome of a failure at the source");
    } else if (AcceptedTypes.contains(type) && !Admission.isId(id)) {
      gaps.add(place + ": the " + type + " has no id, or one that is not a FHIR id");
    } else if (AcceptedTypes.contains(type)) {
      String reference = head.subject() == null ? "" : head.subject();
      String subject = type.equals("Patient") ? id : PatientReferences.id(reference).orElse(null);
      Found one = new Found(new RawResource(type, id, json), subject, head.lastUpdated(), place);
      found.merge(type + "/" + id, one, (old, now) -> now.replaces(old) ? now : old);
    }
  }
}
