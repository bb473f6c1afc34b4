package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.config.SettingsFile;
import dev.rollcall.intake.RoleSeeding.Seeded;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.RoleCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever waits for a role that may not be made on the fly gets it when it is seeded. */
class RoleSeedingTest {

  private static final String STRICT = WholePath.YAML + "    rolesOnTheFly: no\n";

  @TempDir private Path directory;

  private static CampusMessages person(String emplid, String code) {
    return CampusMessages.added(emplid)
        .name("A", "PRI", "2020-01-01", "Kim", "Lee")
        .affiliation("A", code, "A", "2020-09-01", "");
  }

  private static Seeded seed(WholePath path, String csv) throws IOException {
    Seeded seeded =
        path.parts
            .seeding()
            .seed(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "test");
    path.settle();
    return seeded;
  }

  private static Account account(WholePath path, String emplid) {
    return path.account(emplid).orElseThrow();
  }

  @Test
  void whoeverWaitedIsLookedAtAgainAndNobodyElse() throws IOException {
    try (WholePath path = new WholePath(STRICT)) {
      path.send(person("001", "STUDENT"));
      path.send(person("002", "STAFF"));
      path.send(CampusMessages.added("003").affiliation("A", "STUDENT", "A", "2030-01-01", ""));
      path.settle();
      path.send(person("004", "STUDENT"));
      path.settle();
      path.send(CampusMessages.deleted("004"));
      path.settle();

      assertThat(seed(path, "CODE,DESCR\nSTUDENT,Student\nALUMNI,Alumni\nSTUDENT,Student\n"))
          .isEqualTo(new Seeded(2, 0, 1));
      assertThat(account(path, "001").groups()).containsExactly("STUDENT");
      SyncEvent again = path.events("001").getLast();
      assertThat(again.cause()).isEqualTo(Cause.RESYNC);
      assertThat(again.priority()).isEqualTo(Priority.BULK);
      assertThat(again.status()).isEqualTo(EventStatus.COMPLETED);
      assertThat(again.reason()).isEqualTo("changed");
      assertThat(account(path, "002").groups()).isEmpty();
      assertThat(account(path, "004").groups()).isEmpty();
      for (String other : new String[] {"002", "003", "004"}) {
        assertThat(path.events(other))
            .as(other)
            .extracting(SyncEvent::cause)
            .doesNotContain(Cause.RESYNC);
      }
    }
  }

  @Test
  void seedingTheSameAgainMakesNothingAndLooksAtNobody() throws IOException {
    try (WholePath path = new WholePath(STRICT)) {
      path.send(person("001", "STUDENT"));
      path.settle();
      assertThat(seed(path, "STUDENT;Student\nSTAFF;Staff\n")).isEqualTo(new Seeded(2, 0, 1));
      assertThat(seed(path, "STUDENT;Student\nSTAFF;Staff\n")).isEqualTo(new Seeded(0, 2, 0));
      path.send(person("002", "STAFF"));
      path.settle();
      assertThat(path.events("002").getFirst().reason()).isEqualTo("created");
      assertThat(path.parts.roles().list())
          .extracting(
              RoleCatalog.Known::role,
              RoleCatalog.Known::description,
              RoleCatalog.Known::createdBy,
              RoleCatalog.Known::holders)
          .containsExactly(
              tuple("STAFF", "Staff", "seed", 1L), tuple("STUDENT", "Student", "seed", 1L));
    }
  }

  /** Another instance makes the role on the fly; nobody tells those who wait in the strict one. */
  @Test
  void whoeverWaitsForARoleThatWasMadeElsewhereGetsItWithTheNextSeeding() throws IOException {
    String yaml =
        STRICT
            + """
              other:
                source: other
                itResource: PSFT Other
            """;
    try (WholePath path = new WholePath(yaml)) {
      path.send(person("001", "STUDENT"));
      path.settle();
      path.send(person("002", "STUDENT"), Map.of("Location", "PSFT Other"));
      path.settle();
      assertThat(account(path, "001").groups()).isEmpty();
      assertThat(seed(path, "STUDENT")).isEqualTo(new Seeded(0, 1, 1));
      assertThat(account(path, "001").groups()).containsExactly("STUDENT");
    }
  }

  @Test
  void aMalformedFileMakesNothing() {
    try (WholePath path = new WholePath(STRICT)) {
      assertThatThrownBy(() -> seed(path, "CODE,DESCR\nSTUDENT,Student\nSTAFF,\"Staff\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 3");
      assertThat(path.parts.roles().list()).isEmpty();
    }
  }

  @Test
  void aReloadDecidesWhetherRolesAreMade() throws IOException {
    try (WholePath path = new WholePath(STRICT)) {
      path.send(person("001", "STUDENT"));
      path.settle();
      Path file = Files.writeString(directory.resolve("rollcall.yaml"), WholePath.YAML);
      new Reload(() -> new SettingsFile(Map.of()).read(file), path.settings, path.parts).reload();
      path.parts.requests().retry(path.events("001").getFirst().id(), "test");
      path.settle();
      assertThat(account(path, "001").groups()).containsExactly("STUDENT");
    }
  }
}
