package se.nhv.fhir.offenders.run;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.nimbusds.jose.jwk.JWK;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.util.stream.Stream;
import org.cqframework.cql.cql2elm.CqlTranslator;
import org.opencds.cqf.cql.engine.execution.CqlEngine;
import org.springframework.beans.factory.annotation.Autowired;
import picocli.CommandLine;
import se.nhv.fhir.offenders.reporting.Revisions;

/** A run that does everything itself. */
public final class RunHelper {

  @Autowired private CommandLine commandLine;

  RunHelper(
      CqlTranslator translator,
      CqlEngine engine,
      IGenericClient client,
      HttpClient http,
      HttpServletRequest request,
      Connection connection,
      JWK key) {
    System.out.println(
        Stream.of(translator, engine, client, http, request, connection, key, commandLine).count());
  }

  void end() {
    System.exit(Revisions.count());
  }
}
