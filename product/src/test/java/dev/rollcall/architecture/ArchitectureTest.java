package dev.rollcall.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rollcall.architecture.Rooms.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table of rooms; each rule's message says what to do instead. */
class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @TestFactory
  List<DynamicTest> everyRoomUsesOnlyTheRoomsItMay() {
    return Rooms.all().stream()
        .map(room -> DynamicTest.dynamicTest(room.name(), () -> usesOnlyWhatItMay(room)))
        .toList();
  }

  private static void usesOnlyWhatItMay(Room room) {
    Set<Room> forbidden =
        Rooms.all().stream()
            .filter(other -> !other.equals(room) && !room.mayUse().contains(other.name()))
            .collect(Collectors.toSet());
    if (forbidden.isEmpty()) {
      return;
    }
    noClasses()
        .that(areIn(Set.of(room)))
        .should()
        .dependOnClassesThat(areIn(forbidden))
        .because(
            "'%s' is for: %s. It may use %s. Hand what it needs in through its constructor from"
                    .formatted(room.name(), room.sentence(), room.mayUse())
                + " app, or move the class to the room it knows most about. If the table is wrong,"
                + " change Rooms and docs/architecture.md with the reason in docs/decisions")
        .check(PRODUCT);
  }

  @Test
  void everyClassLivesInARoom() {
    Set<String> strangers =
        PRODUCT.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> Rooms.of(name).isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(strangers)
        .as("packages that Rooms does not name: add a row, with a decision")
        .isEmpty();
  }

  private static DescribedPredicate<JavaClass> areIn(Set<Room> rooms) {
    return DescribedPredicate.describe(
        "are in " + rooms.stream().map(Room::name).sorted().toList(),
        type -> Rooms.of(type.getPackageName()).filter(rooms::contains).isPresent());
  }

  @Test
  void springBootLivesInWebAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.rollcall.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.boot..",
            "org.springframework.context..",
            "org.springframework.beans..",
            "org.springframework.web..")
        .because("wiring is plain Java in app; only the web server needs Spring")
        .check(PRODUCT);
  }

  @Test
  void planningDoesNoInputOrOutputAndHasNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.rollcall.plan..", "dev.rollcall.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio..", "java.net..", "java.sql..", "org.springframework..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .because("preview, explain and undo rely on it; take today as an argument")
        .check(PRODUCT);
  }

  @Test
  void nobodyAsksTheMachineForTheTimeButTheClocks() {
    noClasses()
        .that(
            DescribedPredicate.not(
                DescribedPredicate.describe(
                    "are in rooms that wait for real things",
                    type ->
                        type.getPackageName().startsWith("dev.rollcall.bench")
                            || type.getPackageName().startsWith("dev.rollcall.demo")
                            || type.getPackageName().startsWith("dev.rollcall.cli")
                            || type.getPackageName().startsWith("dev.rollcall.db")
                            || type.getSimpleName().equals("DemoClock"))))
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("today, due dates and back-off follow the injected Clock")
        .check(PRODUCT);
  }

  @Test
  void namesSayWhatAThingIs() {
    classes()
        .should()
        .haveSimpleNameNotEndingWith("Manager")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .andShould()
        .haveSimpleNameNotEndingWith("Util")
        .andShould()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Impl")
        .because("a name from the field says more")
        .check(PRODUCT);
  }

  @Test
  void theTableInTheDocumentsIsTheOneThatIsHeld() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "architecture.md"));
    assertThat(document)
        .as("docs/architecture.md must hold this table:\n" + Rooms.table())
        .contains(Rooms.table());
  }
}
