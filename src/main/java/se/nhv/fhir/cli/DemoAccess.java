package se.nhv.fhir.cli;

import java.util.ArrayList;
import java.util.List;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * Who may do what in the demo: its tokens, which are no secrets, and its permits.
 *
 * @param units its units
 */
record DemoAccess(List<SyntheticUnit> units) {

  private static final String AUTHORITY = "demo-authority-token";

  /** The token of that unit's system. */
  static String token(SyntheticUnit unit) {
    return "demo-unit-token-" + unit.unit();
  }

  private static String token(Signatory person) {
    return "demo-staff-token-" + person.id();
  }

  /** The tokens and permits as settings of the server, as arguments. */
  List<String> settings() {
    List<String> settings = new ArrayList<>();
    token(settings, 0, AUTHORITY, "authority");
    int next = 1;
    for (SyntheticUnit unit : units) {
      settings.add(token(settings, next++, token(unit), "unit") + "unit=" + unit.unit());
      for (Signatory who : List.of(DemoSignOff.reviewer(unit), DemoSignOff.approver(unit))) {
        String name = token(settings, next++, token(who), "staff");
        settings.add(name + "unit=" + unit.unit());
        settings.add(name + "person=" + who.id());
        settings.add(name + "name=" + who.name());
      }
    }
    settings.addAll(permits());
    return settings;
  }

  /** Adds a token, and answers how its further settings begin. */
  private static String token(List<String> settings, int n, String token, String role) {
    String name = "--nhv.access.tokens[" + n + "].";
    settings.add(name + "token=" + token);
    settings.add(name + "role=" + role);
    return name;
  }

  private List<String> permits() {
    List<String> settings = new ArrayList<>();
    int n = 0;
    for (SyntheticUnit unit : units) {
      for (CareArea area : unit.areas().keySet()) {
        String name = "--nhv.permits[" + n++ + "].";
        settings.add(name + "unit=" + unit.unit());
        settings.add(name + "area=" + area.area());
        settings.add(name + "from=2018-01-01");
      }
    }
    return settings;
  }

  /** What can be asked of the server at that port, and with which token. */
  String addresses(int port) {
    String base = "http://127.0.0.1:" + port;
    StringBuilder text = new StringBuilder("\nReport door (readable without a token here):\n");
    text.append("  curl '").append(base).append("/fhir/MeasureReport?_count=3'\n");
    text.append("  curl ").append(base).append("/fhir/metadata\n");
    text.append("The authority, ")
        .append(AUTHORITY)
        .append(", sees who owes what, and publishes:\n");
    curl(text, AUTHORITY).append(base).append("/fhir/$obligations?reportingYear=2025'\n");
    text.append("Intake door, each unit with its own token, and two people who sign:\n");
    for (SyntheticUnit unit : units) {
      text.append("  ").append(token(unit)).append("  ").append(unit.name()).append('\n');
      for (Signatory who : List.of(DemoSignOff.reviewer(unit), DemoSignOff.approver(unit))) {
        text.append("    ").append(token(who)).append("  ").append(who.name()).append('\n');
      }
    }
    curl(text, token(units.get(0))).append(base).append("/intake/Patient?_count=2'\n");
    text.append("Every patient is invented. Stop with Ctrl-C.");
    return text.toString();
  }

  private static StringBuilder curl(StringBuilder text, String token) {
    return text.append("  curl -H 'Authorization: Bearer ").append(token).append("' '");
  }
}
