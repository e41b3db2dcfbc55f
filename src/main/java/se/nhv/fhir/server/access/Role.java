package se.nhv.fhir.server.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import se.nhv.fhir.server.door.Caller;

/** What a caller may be, as permissions and settings name it. */
enum Role {
  UNIT,
  STAFF,
  AUTHORITY,
  DEVELOPER,
  OPERATOR,
  ANYONE;

  /** The role of a caller. */
  static Role of(Caller caller) {
    if (caller instanceof Caller.HospitalUnit) {
      return UNIT;
    }
    if (caller instanceof Caller.UnitStaff) {
      return STAFF;
    }
    if (caller instanceof Caller.Authority) {
      return AUTHORITY;
    }
    if (caller instanceof Caller.Developer) {
      return DEVELOPER;
    }
    return caller instanceof Caller.Operator ? OPERATOR : ANYONE;
  }

  /** The role of that code; none for what a token cannot be. */
  static Optional<Role> of(String code) {
    return Stream.of(values()).filter(it -> it != ANYONE && it.code().equals(code)).findFirst();
  }

  /** As settings and claims name it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
