package se.nhv.fhir.server.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.KeySourceException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.Outcomes;

/**
 * {@code /.well-known/smart-configuration} of both doors: where a program gets a token (SMART App
 * Launch 2.2, conformance.html). It names the first issuer of the settings.
 */
public final class SmartConfiguration extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Where it stands below a door. */
  static final String PATH = "/.well-known/smart-configuration";

  private final transient Credentials credentials;

  /** Names the first issuer of those. */
  public SmartConfiguration(Credentials credentials) {
    this.credentials = credentials;
  }

  /** Where it stands on the server. */
  public static String[] paths() {
    return new String[] {
      "/" + Door.INTAKE.path() + PATH, "/" + Door.REPORTS.path() + PATH,
    };
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (credentials.issuers().isEmpty()) {
      Outcomes.write(
          response,
          404,
          IssueType.NOTFOUND,
          "This server takes static tokens only: no issuer is set.");
      return;
    }
    ObjectNode found;
    try {
      found = of(credentials.issuers().get(0));
    } catch (KeySourceException e) {
      response.setHeader("Retry-After", "30");
      Outcomes.write(
          response, 503, IssueType.TRANSIENT, "The issuer does not show its metadata: ask later.");
      return;
    }
    byte[] body = new ObjectMapper().writeValueAsBytes(found);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static ObjectNode of(IssuerKeys issuer) throws KeySourceException {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("issuer", issuer.issuer());
    json.put("jwks_uri", issuer.jwksUri().toString());
    json.put("token_endpoint", issuer.tokenEndpoint().toString());
    add(json.putArray("grant_types_supported"), List.of("client_credentials"));
    add(json.putArray("token_endpoint_auth_methods_supported"), List.of("private_key_jwt"));
    add(
        json.putArray("token_endpoint_auth_signing_alg_values_supported"),
        List.of("RS384", "ES384"));
    add(json.putArray("code_challenge_methods_supported"), List.of("S256"));
    add(
        json.putArray("scopes_supported"),
        List.of("system/*.rs", "system/*.cruds", "user/*.rs", "user/*.cruds"));
    add(json.putArray("capabilities"), List.of("client-confidential-asymmetric", "permission-v2"));
    return json;
  }

  private static void add(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
