package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LocalPostgresTest {
  private TestHome home;

  @BeforeEach
  void makeHome() throws IOException {
    home = TestHome.prepared();
  }

  @AfterEach
  void stopAndDelete() {
    home.close();
  }

  @Test
  void aFirstStartMakesAServerAndASecondOneFindsIt() throws IOException {
    assertThat(home.postgres().running()).isEmpty();
    assertThat(home.postgres().stop()).isFalse();

    LocalPostgres.Server first = home.postgres().ensureRunning();

    assertThat(home.postgres().running()).contains(first);
    assertThat(new LocalPostgres(home.path()).ensureRunning()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password())))
        .isEqualTo("rw-------");
    assertThat(home.postgres().password()).hasSize(48);
  }

  @Test
  void aStoppedServerComesBackOnTheSamePort() {
    LocalPostgres.Server first = home.postgres().ensureRunning();
    assertThat(home.postgres().stop()).isTrue();
    assertThat(home.postgres().running()).isEmpty();

    LocalPostgres.Server second = home.postgres().ensureRunning();

    assertThat(second.port()).isEqualTo(first.port());
    assertThat(second.pid()).isNotEqualTo(first.pid());
  }

  @Test
  void anotherPortIsTakenWhenSomebodyElseHasTheRememberedOne() throws IOException {
    int port = home.postgres().ensureRunning().port();
    home.postgres().stop();
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(home.postgres().ensureRunning().port()).isNotEqualTo(other.getLocalPort());
    }
  }

  @Test
  void aPortThatIsTakenAllTheSameIsNamed() throws IOException {
    home.postgres().ensureRunning();
    home.postgres().stop();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // What an administrator has set wins over the port we choose.
      Files.writeString(
          home.postgresFile("data").resolve("postgresql.auto.conf"),
          "port = " + other.getLocalPort() + "\n");
      assertThatThrownBy(home.postgres()::ensureRunning)
          .isInstanceOf(LocalPostgresException.class)
          .hasMessageContainingAll("its port is taken", "Address already in use")
          .hasMessageEndingWith(LocalPostgresException.WAY_OUT);
    }
  }

  @Test
  void manyThreadsGetOneServer() {
    List<CompletableFuture<LocalPostgres.Server>> starts =
        Stream.generate(() -> CompletableFuture.supplyAsync(home.postgres()::ensureRunning))
            .limit(8)
            .toList();
    assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
  }

  @Test
  void whatAKilledStartLeftHalfMadeIsSweptAway() throws IOException {
    Path binaries = home.postgresFile("tmp-binaries-1");
    Path initdb = home.postgresFile("tmp-initdb-1");
    Files.createDirectories(binaries.resolve("bin"));
    Files.writeString(binaries.resolve("bin/postgres"), "half");
    Files.createDirectories(initdb.resolve("data"));
    Files.writeString(initdb.resolve("data/PG_VERSION"), "18\n");
    Files.writeString(home.postgresFile("tmp-file-1"), "ha");
    Files.createDirectories(home.postgresFile("17.2.0").resolve("bin"));

    home.postgres().ensureRunning();

    try (Stream<Path> children = Files.list(home.path().resolve("postgres"))) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .containsExactlyInAnyOrder(
              PostgresBinaries.VERSION, "data", "lock", "log", "password", "port");
    }
  }

  @Test
  void aPidFileThatNamesAnotherProgramIsNotBelieved() throws IOException {
    home.postgres().ensureRunning();
    Path file = home.postgresFile("data").resolve("postmaster.pid");
    List<String> lines = Files.readAllLines(file);
    home.postgres().stop();
    // As after a power cut and a reboot: the number now belongs to somebody else, to us.
    List<String> stale =
        Stream.concat(
                Stream.of(Long.toString(ProcessHandle.current().pid())), lines.stream().skip(1))
            .toList();
    Files.write(file, stale);

    assertThat(home.postgres().running()).isEmpty();
    assertThat(home.postgres().stop()).isFalse();
    LocalPostgres.Server server = home.postgres().ensureRunning();

    assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(home.postgres().running()).contains(server);
  }

  @Test
  void aDataDirectoryOfAnotherVersionIsRefused() throws IOException {
    Files.createDirectories(home.postgresFile("data"));
    assertThatThrownBy(home.postgres()::ensureRunning)
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("no data directory of PostgreSQL");

    Files.writeString(home.postgresFile("data").resolve("PG_VERSION"), "17\n");

    assertThatThrownBy(home.postgres()::ensureRunning)
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContainingAll("made by PostgreSQL 17", "brings PostgreSQL 18")
        .hasMessageEndingWith(LocalPostgresException.WAY_OUT);
  }

  @Test
  void aServerThatDoesNotStartIsReportedWithItsOwnWords() throws IOException {
    home.postgres().ensureRunning();
    home.postgres().stop();
    Files.delete(home.postgresFile("data").resolve("global/pg_control"));

    assertThatThrownBy(home.postgres()::ensureRunning)
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContainingAll("did not start", "pg_control")
        .hasMessageEndingWith(LocalPostgresException.WAY_OUT);
  }

  @Test
  void aWrongPasswordFileIsNamed() throws IOException {
    home.postgres().ensureRunning();
    Files.writeString(password(), "wrong");
    assertThatThrownBy(home.postgres()::ensureRunning)
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContainingAll("does not take the password", password().toString());

    Files.delete(password());
    assertThatThrownBy(home.postgres()::ensureRunning)
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContainingAll("is missing", password().toString());
  }

  @Test
  void aLogOfAnEarlierWeekIsDeletedAtTheNextStart() throws IOException {
    home.postgres().ensureRunning();
    home.postgres().stop();
    Path old = Files.writeString(home.postgresFile("log").resolve("postgres-Xyz.log"), "old");
    Path recent = Files.writeString(home.postgresFile("log").resolve("postgres-Abc.log"), "new");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(7))));

    home.postgres().ensureRunning();

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  private Path password() {
    return home.postgresFile("password");
  }
}
