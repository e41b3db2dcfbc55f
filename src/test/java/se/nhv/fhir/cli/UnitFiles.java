package se.nhv.fhir.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** One synthetic unit's data, in every layout that a folder may have. */
final class UnitFiles {

  static final SyntheticUnit UNIT = SyntheticHospitals.units().get(0);

  private static final int PATIENTS = 24;

  private UnitFiles() {}

  /** Every resource of the unit's patients. */
  static List<RawResource> resources() {
    return new SyntheticNetCare(UNIT, 7, CareYears.NET_2022_TO_2025)
        .records(PATIENTS)
        .flatMap(patient -> patient.resources().stream())
        .toList();
  }

  /** One file a type. */
  static Path ndjson(Path folder, List<RawResource> resources) throws IOException {
    Files.createDirectories(folder);
    for (String type : types(resources)) {
      Files.write(folder.resolve(type + ".ndjson"), lines(ofType(type, resources)));
    }
    return folder;
  }

  /** Two files a type, the first compressed. */
  static Path compressed(Path folder, List<RawResource> resources) throws IOException {
    Files.createDirectories(folder);
    for (String type : types(resources)) {
      List<String> lines = lines(ofType(type, resources));
      int half = lines.size() / 2;
      Path first = folder.resolve(type + ".000.ndjson.gz");
      try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(first))) {
        String text = String.join("\n", lines.subList(0, half));
        file.write(text.getBytes(StandardCharsets.UTF_8));
      }
      Files.write(folder.resolve(type + ".001.ndjson"), lines.subList(half, lines.size()));
    }
    return folder;
  }

  /** Files of mixed types, in an order that the seed decides. */
  static Path shuffled(Path folder, List<RawResource> resources, long seed) throws IOException {
    Files.createDirectories(folder);
    List<RawResource> order = new ArrayList<>(resources);
    Random random = new Random(seed);
    Collections.shuffle(order, random);
    for (int from = 0, file = 0; from < order.size(); file++) {
      int to = Math.min(order.size(), from + 1 + random.nextInt(200));
      String name = random.nextInt(1000) + "-" + file + ".ndjson";
      Files.write(folder.resolve(name), lines(order.subList(from, to)));
      from = to;
    }
    return folder;
  }

  /** Bundles of 300 resources. */
  static Path bundles(Path folder, List<RawResource> resources) throws IOException {
    Files.createDirectories(folder);
    for (int from = 0; from < resources.size(); from += 300) {
      String entries =
          resources.subList(from, Math.min(from + 300, resources.size())).stream()
              .map(resource -> "{\"resource\":" + resource.text() + "}")
              .collect(Collectors.joining(","));
      Files.writeString(
          folder.resolve("part-" + from + ".json"),
          "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + entries + "]}");
    }
    return folder;
  }

  private static List<String> types(List<RawResource> resources) {
    return resources.stream().map(RawResource::type).distinct().toList();
  }

  private static List<RawResource> ofType(String type, List<RawResource> resources) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  private static List<String> lines(List<RawResource> resources) {
    return resources.stream().map(RawResource::text).toList();
  }
}
