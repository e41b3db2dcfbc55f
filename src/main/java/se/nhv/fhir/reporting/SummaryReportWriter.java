package se.nhv.fhir.reporting;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/**
 * Makes a new summary MeasureReport from the elements that one may have. Whatever else the given
 * one holds (a subject, evaluated resources, contained resources, narrative, extensions not known
 * here) is refused with its place, never copied and never repeated in the message. The given id and
 * meta are not taken over.
 */
final class SummaryReportWriter {

  private static final Set<String> NOT_TAKEN_OVER = Set.of("id", "meta");
  private static final Pattern REPORTER = Pattern.compile("Organization/[A-Z0-9-]{1,31}");
  private static final Pattern REPORT_USED =
      Pattern.compile("MeasureReport/[A-Za-z0-9.-]{1,64}(/_history/[1-9][0-9]*)?");

  /**
   * The new report, without id.
   *
   * @throws ReportRefusedException if anything stands in the given one that a summary does not have
   */
  MeasureReport write(MeasureReport given) {
    if (given.getType() != MeasureReportType.SUMMARY) {
      throw refused("MeasureReport.type", "must be summary");
    }
    MeasureReport summary = new MeasureReport();
    for (Property property : given.children()) {
      if (!NOT_TAKEN_OVER.contains(property.getName())) {
        copy(property, summary, SummaryShape.REPORT, SummaryShape.REPORT);
      }
    }
    requireReferences(summary);
    return summary;
  }

  private void copyChildren(Base given, Base copy, String shape, String path) {
    for (Property property : given.children()) {
      copy(property, copy, shape, path);
    }
  }

  private void copy(Property property, Base copy, String shape, String path) {
    String name = property.getName().replace("[x]", "");
    for (Base value : property.getValues()) {
      if (value instanceof Extension extension && name.equals("extension")) {
        add(copy, extension(extension, shape, path), path);
      } else {
        copyChild(value, copy, name, shape, path + "." + name);
      }
    }
  }

  private void copyChild(Base value, Base copy, String name, String shape, String path) {
    String childShape = SummaryShape.child(shape, name);
    if (childShape == null) {
      throw refused(path, "is not an element of a summary report");
    }
    if (value instanceof PrimitiveType<?> primitive) {
      copy.setProperty(name, primitive(primitive, childShape, path));
    } else {
      copyChildren(value, copy.addChild(name), childShape, path);
    }
  }

  /** A copy without its former extensions and element id. */
  private PrimitiveType<?> primitive(PrimitiveType<?> given, String shape, String path) {
    PrimitiveType<?> copy = (PrimitiveType<?>) given.copy();
    copy.setExtension(null);
    copy.setId(null);
    if (given.hasIdElement()) {
      throw refused(path + ".id", "is not an element of a summary report");
    }
    for (Extension extension : given.getExtension()) {
      copy.addExtension(extension(extension, shape, path));
    }
    return copy;
  }

  private Extension extension(Extension given, String shape, String path) {
    String type = SummaryShape.extension(shape, given.getUrl());
    String place = path + ".extension";
    if (type == null) {
      throw refused(place, "has a url that no summary report has there");
    }
    if (given.hasIdElement()) {
      throw refused(place + ".id", "is not an element of a summary report");
    }
    Extension copy = new Extension(given.getUrl());
    for (Extension part : given.getExtension()) {
      copy.addExtension(extension(part, given.getUrl(), place));
    }
    if (given.hasValue()) {
      copy.setValue(value(given.getValue(), type, place + ".value"));
    }
    return copy;
  }

  private Type value(Type given, String type, String path) {
    if (!given.fhirType().equals(type)) {
      throw refused(path, type.isEmpty() ? "must be left out" : "must be of type " + type);
    }
    String shape = SummaryShape.value(type);
    if (given instanceof PrimitiveType<?> primitive) {
      return primitive(primitive, shape, path);
    }
    Extension holder = new Extension();
    Base copy =
        holder.addChild("value" + Character.toUpperCase(type.charAt(0)) + type.substring(1));
    copyChildren(given, copy, shape, path);
    return holder.getValue();
  }

  private static void add(Base copy, Extension extension, String path) {
    if (copy instanceof MeasureReport report) {
      report.addExtension(extension);
    } else if (copy instanceof Element element) {
      element.addExtension(extension);
    } else {
      throw refused(path + ".extension", "cannot be kept there");
    }
  }

  private static void requireReferences(MeasureReport summary) {
    String reporter = summary.getReporter().getReference();
    if (reporter != null && !REPORTER.matcher(reporter).matches()) {
      throw refused("MeasureReport.reporter.reference", "must be Organization/<HSA-id>");
    }
    List<Extension> used = summary.getExtension();
    for (Extension extension : used) {
      if (extension.getValue() instanceof Reference reference
          && reference.hasReference()
          && !REPORT_USED.matcher(reference.getReference()).matches()) {
        throw refused(
            "MeasureReport.extension.value.reference",
            "must be MeasureReport/<id>, with its version or without");
      }
    }
  }

  private static ReportRefusedException refused(String path, String why) {
    return new ReportRefusedException(
        path + " " + why + "; the report was not kept. Remove or correct it and save again");
  }
}
