package se.nhv.fhir.server;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import se.nhv.fhir.server.access.AccessChecks;
import se.nhv.fhir.server.jobs.EndpointChecks;
import se.nhv.fhir.server.national.NationalChecks;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.NhvProperties;

/**
 * Judges the settings when they have been read, and lists every fault at once. A message names the
 * setting and what it must be, never its value, which may be a secret.
 */
final class NhvPropertiesValidator implements Validator {

  private static final Predicate<String> URL = matching("jdbc:(h2|postgresql):\\S+");
  private static final Predicate<String> SHA256 = matching("[0-9a-fA-F]{64}");
  private static final Predicate<String> TOKEN = matching("[!-~]{16,}");
  private static final Predicate<String> ROLE = matching("unit|staff|authority|developer|operator");

  @Override
  public boolean supports(Class<?> type) {
    return NhvProperties.class == type;
  }

  @Override
  public void validate(Object target, Errors errors) {
    NhvProperties properties = (NhvProperties) target;
    check(
        URL.test(properties.store().url()),
        "nhv.store.url",
        "must be a JDBC URL of H2 or PostgreSQL: jdbc:h2:… or jdbc:postgresql:…",
        errors);
    List<AccessProperties.Token> tokens = properties.access().tokens();
    for (int i = 0; i < tokens.size(); i++) {
      check(tokens.get(i), "nhv.access.tokens[" + i + "]", errors);
    }
    List<String> hashes =
        tokens.stream().map(AccessProperties.Token::hash).filter(h -> !h.isEmpty()).toList();
    check(
        hashes.stream().distinct().count() == hashes.size(),
        "nhv.access.tokens",
        "must not hold the same token twice: give each unit a token of its own",
        errors);
    new AccessChecks((name, message) -> errors.reject(name, name + " " + message))
        .access(properties.access());
    EndpointChecks more =
        new EndpointChecks((name, message) -> errors.reject(name, name + " " + message));
    more.endpoints(properties.endpoints());
    more.jobs(properties.jobs());
    more.retention(properties.retention());
    NationalChecks national =
        new NationalChecks((name, message) -> errors.reject(name, name + " " + message));
    national.permits(properties.permits());
    national.national(properties.national());
  }

  private static void check(AccessProperties.Token token, String name, Errors errors) {
    check(
        absentOr(SHA256, token.sha256()),
        name + ".sha256",
        "must be 64 hexadecimal digits",
        errors);
    check(
        absentOr(TOKEN, token.token()),
        name + ".token",
        "must be 16 or more visible ASCII characters",
        errors);
    check(
        ROLE.test(token.role()),
        name + ".role",
        "must be unit, staff, authority, developer or operator",
        errors);
    check(
        absentOr(AccessProperties::isHsaId, token.unit()),
        name + ".unit",
        "must be an HSA-id: 1 to 31 of A-Z, 0-9 and '-'",
        errors);
    check(
        absentOr(AccessProperties::isPerson, token.person()),
        name + ".person",
        "must be the person's HSA-id, such as SE2321000016-1A11",
        errors);
    check(
        absentOr(AccessProperties::isName, token.name()),
        name + ".name",
        "must be 1 to 100 printable characters and no personal identity number",
        errors);
    whole(token, name, errors);
  }

  /** Whether it holds what goes together. */
  private static void whole(AccessProperties.Token token, String name, Errors errors) {
    check(
        (token.sha256() == null) != (token.token() == null),
        name,
        "must hold either sha256 or token, not both and not neither",
        errors);
    boolean staff = "staff".equals(token.role());
    check(
        (staff || "unit".equals(token.role())) == (token.unit() != null),
        name,
        "must name a unit for the roles unit and staff, and none for the others",
        errors);
    check(
        staff == (token.person() != null) && staff == (token.name() != null),
        name,
        "must hold person and name for the role staff, and neither for the others",
        errors);
  }

  private static void check(boolean holds, String name, String message, Errors errors) {
    if (!holds) {
      errors.reject(name, name + " " + message);
    }
  }

  private static boolean absentOr(Predicate<String> form, @Nullable String value) {
    return value == null || form.test(value);
  }

  private static Predicate<String> matching(String form) {
    return Pattern.compile(form).asMatchPredicate();
  }
}
