package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LocalPostgresCrashTest {
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
  void aServerWhoseStarterWasKilledIsAdopted() throws IOException, InterruptedException {
    try (OtherProcess starter = OtherProcess.start(home.path())) {
      OtherProcess.Seen started = starter.seen();
      starter.kill();

      // The end of its output comes only if the server has not kept the pipe.
      assertThat(starter.rest()).isEmpty();
      assertThat(OtherProcess.Seen.of(home.postgres().ensureRunning())).isEqualTo(started);
      assertThat(session(started.pid()))
          .as("a session of its own, out of reach of the terminal's Ctrl-C")
          .isEqualTo(started.pid());
    }
  }

  @Test
  void twoProcessesThatStartAtOnceGetOneServer() throws IOException {
    home.close();
    home = TestHome.empty();
    try (OtherProcess one = OtherProcess.start(home.path());
        OtherProcess two = OtherProcess.start(home.path())) {
      assertThat(one.seen()).isEqualTo(two.seen());
    }
  }

  @Test
  void aStartKilledAtAnyMomentLeavesNothingInTheWay() throws IOException, InterruptedException {
    home.close();
    home = TestHome.empty();
    for (String seen : List.of("tmp-binaries-", "tmp-initdb-", "log")) {
      try (OtherProcess starter = OtherProcess.start(home.path())) {
        await()
            .pollInterval(Duration.ofMillis(5))
            .atMost(Duration.ofSeconds(60))
            .until(() -> contains(seen));
        starter.kill();
      }
    }
    LocalPostgres.Server server = home.postgres().ensureRunning();
    assertThat(home.postgres().running()).contains(server);
  }

  @Test
  void aKilledPostgresComesBackWithAllThatWasCommitted() {
    try (Database database = Database.local(home.postgres(), "crash", 4)) {
      database.migrate(DatabaseTest.MIGRATIONS);
      insert(database, "committed");
      long killed = home.postgres().ensureRunning().pid();

      TestHome.kill(killed);

      await().atMost(Duration.ofSeconds(60)).until(() -> succeeds(() -> insert(database, "after")));
      assertThat(database.jdbc().sql("select text from note").query(String.class).list())
          .contains("committed", "after");
      assertThat(home.postgres().ensureRunning().pid()).isNotEqualTo(killed);
    }
  }

  @Test
  void whatAKilledPostmasterLeftAtWorkDoesNotHoldUpTheNextOne()
      throws IOException, InterruptedException {
    LocalPostgres.Server server = home.postgres().ensureRunning();
    ServerProcesses processes = new ServerProcesses(server.dataDirectory());
    long child =
        processes.all().stream().filter(pid -> pid != server.pid()).findFirst().orElseThrow();
    TestHome.run("kill", "-STOP", Long.toString(child));
    TestHome.kill(server.pid());

    LocalPostgres.Server next = home.postgres().ensureRunning();

    assertThat(next.pid()).isNotEqualTo(server.pid());
    assertThat(processes.all()).doesNotContain(child);
  }

  @Test
  void nothingOfAStoppedServerIsLeft() throws IOException, InterruptedException {
    LocalPostgres.Server server = home.postgres().ensureRunning();
    ServerProcesses processes = new ServerProcesses(server.dataDirectory());
    assertThat(processes.all()).contains(server.pid()).hasSizeGreaterThan(3);

    home.postgres().stop();

    assertThat(processes.all()).isEqualTo(Set.of());
  }

  private static void insert(Database database, String text) {
    database.jdbc().sql("insert into note (text) values (?)").param(text).update();
  }

  /** Whether it worked; what fails must say of itself that trying again may help. */
  private static boolean succeeds(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException failure) {
      assertThat(Database.isTransient(failure)).as("%s", failure).isTrue();
      return false;
    }
  }

  private boolean contains(String prefix) throws IOException {
    return HomeFiles.children(home.path().resolve("postgres")).stream()
        .anyMatch(child -> child.getFileName().toString().startsWith(prefix));
  }

  private static long session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
  }
}
