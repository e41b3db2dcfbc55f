package se.nhv.fhir.reporting.signoff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** The sign-off over H2, and who may sign. */
class SignOffTest implements SignOffContract {

  private static final StoreDatabase DATABASE =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Override
  public StoreDatabase database() {
    return DATABASE;
  }

  @Test
  void whoSignsHasAnIdAndANameAndNoPersonalNumber() {
    assertThatThrownBy(() -> new Signatory(" ", "Anna Ek"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Signatory("anna", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Signatory("anna", "Anna 19121212-1212"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("1212");
    assertThatThrownBy(() -> new Signatory("anna\u0000", "Anna"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
