package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms and their walls. */
class ArchitectureTest {

  private static final String ROOT = "se.nhv.fhir";
  private static final String OFFENDERS = "se.nhv.fhir.offenders";

  private static final ApplicationModules ROOMS = ApplicationModules.of(ROOT);

  @Test
  void everyRoomUsesOnlyTheRoomsThatItsPackageInfoAllows() {
    ROOMS.verify();
  }

  @Test
  void everyRoomSaysInItsPackageInfoWhichRoomsItMayUse() {
    assertThat(ROOMS.stream())
        .isNotEmpty()
        .allSatisfy(
            room ->
                assertThat(declaration(room.getName()))
                    .as("%s names the rooms that it may use, or an empty list", room.getName())
                    .doesNotContain(ApplicationModule.OPEN_TOKEN));
  }

  @TestFactory
  Stream<DynamicTest> theWallsHold() {
    JavaClasses product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    return new Walls(ROOT)
        .rules().stream()
            .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(product)));
  }

  @TestFactory
  Stream<DynamicTest> everyWallStopsAnOffender() {
    JavaClasses offenders = new ClassFileImporter().importPackages(OFFENDERS);
    return new Walls(OFFENDERS)
        .rules().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(rule.getDescription(), () -> bites(rule, offenders)));
  }

  private static void bites(ArchRule rule, JavaClasses offenders) {
    assertThat(rule.evaluate(offenders).hasViolation())
        .as("a class in %s breaks this rule and is stopped by it", OFFENDERS)
        .isTrue();
  }

  private static String[] declaration(String room) throws ClassNotFoundException {
    return Class.forName(ROOT + "." + room + ".package-info")
        .getAnnotation(ApplicationModule.class)
        .allowedDependencies();
  }
}
