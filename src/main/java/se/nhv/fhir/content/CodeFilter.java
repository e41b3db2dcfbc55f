package se.nhv.fhir.content;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import se.nhv.fhir.measure.SystemCode;

/**
 * What a resource must say to be asked for by a retrieve.
 *
 * @param path the element, a CodeableConcept or a list of them, for example {@code category}
 * @param codes the codes of which it must hold any, value sets expanded
 */
public record CodeFilter(String path, SortedSet<SystemCode> codes) {

  /** Copies the set. */
  public CodeFilter {
    codes = Collections.unmodifiableSortedSet(new TreeSet<>(codes));
  }
}
