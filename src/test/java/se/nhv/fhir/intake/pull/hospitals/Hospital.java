package se.nhv.fhir.intake.pull.hospitals;

import java.net.URI;

/** A hospital's FHIR endpoint on loopback. */
public interface Hospital extends AutoCloseable {

  /** The base URL. */
  URI base();

  @Override
  void close();
}
