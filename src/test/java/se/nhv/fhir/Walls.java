package se.nhv.fhir;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What may stand in which room, as rules on the packages under one root: that of the product, and
 * that of the offenders by which each rule is shown to bite.
 */
record Walls(String root) {

  private static final Set<String> PATIENT_DATA =
      Set.of(
          "Patient",
          "Encounter",
          "Procedure",
          "ServiceRequest",
          "CarePlan",
          "Observation",
          "QuestionnaireResponse",
          "Condition",
          "DocumentReference",
          "Communication");

  List<ArchRule> rules() {
    return Stream.of(libraries(), infrastructure(), frameworks(), patients(), effects(), shape())
        .flatMap(List::stream)
        .toList();
  }

  private List<ArchRule> libraries() {
    DescribedPredicate<JavaClass> translator = resideInAnyPackage("org.cqframework..");
    return List.of(
        only(translator, "content", "evaluation.reference")
            .because("CQL is translated once, where content is checked"),
        noClasses()
            .that(resideInAnyPackage(rooms("evaluation.reference")))
            .should()
            .dependOnClassesThat(
                translator.and(describe("not LibraryManager", c -> !isLibraryManager(c))))
            .because("the engine runs what content has translated and translates nothing itself"),
        only(resideInAnyPackage("org.opencds.."), "evaluation.reference")
            .because("the engine stands behind a seam, so that another can take its place"),
        only(resideInAnyPackage("ca.uhn.fhir.rest.client.."), "intake")
            .because("who opens a connection can leak data and tokens: one room answers for it"),
        only(resideInAnyPackage("java.net.http.."), "intake", "synthetic")
            .because("a synthetic hospital is the other end of the wire, and has no real data"),
        only(resideInAnyPackage("org.ojalgo..", "org.dhatim.."), "publication")
            .because("what is hidden, and the files that are published, are one room's"),
        only(resideInAnyPackage("com.nimbusds.."), "intake.pull", "server.access")
            .because(
                "keys are read and used in two places: one signs what we ask, one checks who asks"));
  }

  private List<ArchRule> infrastructure() {
    return List.of(
        only(serverLibrary(), "server")
            .because(
                "only the doors know that there is a request; the rooms behind them run alone"),
        only(
                resideInAnyPackage(
                    "java.sql..",
                    "org.springframework.jdbc..",
                    "org.flywaydb..",
                    "com.zaxxer.hikari..",
                    "org.h2..",
                    "org.postgresql.."),
                "store")
            .because("SQL that is spread cannot be held to two databases"),
        only(resideInAnyPackage("javax.sql.."), "store", "run.jobs")
            .because("the scheduler has one table of its own and is handed the database for it"),
        only(resideInAnyPackage("com.github.kagkarlsson.."), "run.jobs")
            .because("what a job does must not know who runs it and when"),
        only(resideInAnyPackage("io.micrometer.."), "server")
            .because("rooms tell what they do to a listener; what is counted is the server's"),
        only(resideInAnyPackage("picocli..", "me.tongfei.progressbar.."), "cli")
            .because("a room that knows its command line cannot be used from another door"));
  }

  private List<ArchRule> frameworks() {
    DescribedPredicate<JavaClass> spring =
        resideInAnyPackage("org.springframework..")
            .and(describe("not Modulith's", c -> !c.getPackageName().contains(".modulith")));
    return List.of(
        noClasses()
            .that(
                resideInAnyPackage(
                    rooms(
                        "measure",
                        "evaluation",
                        "synthetic",
                        "intake",
                        "reporting",
                        "publication",
                        "run")))
            .should()
            .dependOnClassesThat(spring)
            .because("these rooms run without a container, in a batch or a job as in the server"),
        noClasses()
            .that(resideInAnyPackage(rooms("content")))
            .should()
            .dependOnClassesThat(
                spring.and(describe("not core.io", c -> !c.getPackageName().contains(".core.io"))))
            .because("content takes only the walk through packed files from Spring"),
        noClasses()
            .that(resideInAnyPackage(rooms("store")))
            .should()
            .dependOnClassesThat(
                spring.and(describe("not for SQL", c -> !SPRING_FOR_SQL.contains(springPart(c)))))
            .because("the store takes only SQL and transactions from Spring"),
        noClasses()
            .that(resideInAnyPackage(rooms("measure", "store")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.hl7..", "ca.uhn.."))
            .because("these rooms hold bytes; whoever reads them parses them, once"));
  }

  private List<ArchRule> patients() {
    return List.of(
        noClasses()
            .that(resideInAnyPackage(rooms("reporting", "publication")))
            .should()
            .dependOnClassesThat(describe("are of a patient", Walls::isPatientData))
            .because("what leaves the hospital must not be able to hold a patient"));
  }

  private List<ArchRule> effects() {
    return List.of(
        noClasses()
            .that(
                resideInAnyPackage(
                    rooms("measure", "content", "evaluation", "publication", "synthetic")))
            .should()
            .accessTargetWhere(describe("reads a clock", Walls::readsClock))
            .because("the same input gives the same bytes on any day: the day is a parameter"),
        noClasses()
            .that(resideInAnyPackage(rooms("measure", "evaluation")))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.io..", "java.nio.file..", "java.net..")
                    .and(describe("not Serializable", c -> !isSerializable(c))))
            .because("evaluation is a function of what it is given"),
        noClasses()
            .that()
            .resideOutsideOfPackages(root, root + ".cli..")
            .should()
            .accessTargetWhere(describe("ends the program", Walls::endsProgram))
            .orShould()
            .dependOnClassesThat(describe("exit codes", c -> c.getName().contains("ExitCode")))
            .because("exit codes are the command line's answer; a room answers with values"),
        noClasses()
            .that(resideInAnyPackage(root + ".."))
            .and()
            .resideOutsideOfPackage(root + ".cli..")
            .should()
            .accessTargetWhere(describe("writes to the terminal", Walls::writesToTerminal))
            .because("the terminal belongs to the command line; others log"));
  }

  private List<ArchRule> shape() {
    return List.of(
        noFields()
            .should()
            .beAnnotatedWith(describe("injects", Walls::injects))
            .because("a constructor shows what a class needs and makes it complete"),
        noClasses()
            .should()
            .haveNameMatching(".*(Helper|Utils?|Processor|Impl)(\\$.*)?")
            .because("such names say nothing; FHIR and CQL have nouns"),
        classes()
            .should(standInNullMarkedPackage())
            .because("null is an error of compilation only where a package says so"),
        slices()
            .matching(root + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("the way of the data is one way"));
  }

  private ArchRule only(DescribedPredicate<JavaClass> library, String... rooms) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(rooms))
        .should()
        .dependOnClassesThat(library)
        .as("only " + List.of(rooms) + " depend on classes that " + library.getDescription());
  }

  private String[] rooms(String... names) {
    return Stream.of(names).map(name -> root + "." + name + "..").toArray(String[]::new);
  }

  private static final Set<String> SPRING_FOR_SQL = Set.of("jdbc", "transaction", "dao", "core");

  /** The second part of a package of Spring: jdbc of org.springframework.jdbc.core. */
  private static String springPart(JavaClass type) {
    return type.getPackageName()
        .replaceFirst("org\\.springframework\\.", "")
        .replaceFirst("\\..*", "");
  }

  private static boolean isLibraryManager(JavaClass type) {
    return type.getName().equals("org.cqframework.cql.cql2elm.LibraryManager");
  }

  /** HAPI's exceptions stand in a package of the server but belong to its base. */
  private static DescribedPredicate<JavaClass> serverLibrary() {
    return resideInAnyPackage(
            "jakarta.servlet..", "ca.uhn.fhir.rest.server..", "org.springframework.web..")
        .and(describe("no exceptions", c -> !c.getPackageName().endsWith(".server.exceptions")));
  }

  private static boolean isPatientData(JavaClass type) {
    boolean structure = type.getPackageName().equals("org.hl7.fhir.r4.model");
    return structure
        ? PATIENT_DATA.contains(type.getSimpleName())
        : Set.of("se.nhv.fhir.measure.PatientRecord", "se.nhv.fhir.measure.RawResource")
            .contains(type.getName());
  }

  private static boolean isSerializable(JavaClass type) {
    return type.isEquivalentTo(java.io.Serializable.class);
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    return Set.of("now", "withCurrentTime", "currentTimeMillis", "nanoTime")
            .contains(access.getName())
        || owner.equals("java.time.Clock")
        || owner.equals("java.util.Calendar")
        || access.getTarget().getFullName().equals("java.util.Date.<init>()");
  }

  private static boolean endsProgram(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getSimpleName();
    return Set.of("System", "Runtime", "SpringApplication").contains(owner)
        && Set.of("exit", "halt").contains(access.getName());
  }

  private static boolean writesToTerminal(JavaAccess<?> access) {
    boolean stream = Set.of("out", "err", "console").contains(access.getName());
    return access.getName().equals("printStackTrace")
        || (stream && access.getTargetOwner().isEquivalentTo(System.class));
  }

  private static boolean injects(JavaAnnotation<?> annotation) {
    return Set.of("Autowired", "Inject", "Resource", "Value")
        .contains(annotation.getRawType().getSimpleName());
  }

  private static ArchCondition<JavaClass> standInNullMarkedPackage() {
    return new ArchCondition<>("stand in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        String message = type.getPackageName() + " has no package-info with @NullMarked";
        events.add(new SimpleConditionEvent(type, marked, message));
      }
    };
  }
}
