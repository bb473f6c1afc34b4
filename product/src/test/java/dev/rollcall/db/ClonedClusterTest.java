package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.guard.Difference;
import dev.rollcall.guard.EnvironmentLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The local server's files in their place, restarted, moved, copied and put back. */
class ClonedClusterTest {

  private static final String DATABASE = "rollcall";

  private TestHome home;

  @BeforeEach
  void bind() throws IOException {
    home = TestHome.prepared();
    assertThat(differing(home)).isEmpty();
  }

  @AfterEach
  void stop() {
    home.close();
  }

  /** What a process finds that starts now. */
  private static List<String> differing(TestHome where) {
    try (Database database = Database.local(where.postgres(), DATABASE, 2)) {
      database.migrate();
      return lock(database).objection().stream()
          .flatMap(objection -> objection.differences().stream())
          .map(Difference::fact)
          .toList();
    }
  }

  private static EnvironmentLock lock(Database database) {
    return new EnvironmentLock(database, Clock.systemUTC(), "here", Servers.none());
  }

  private static void copy(TestHome from, TestHome to) throws Exception {
    Files.createDirectories(to.postgresFile("data").getParent());
    for (String name : List.of("data", "password")) {
      TestHome.run(
          "cp", "-a", from.postgresFile(name).toString(), to.postgresFile(name).toString());
    }
  }

  @Test
  void aServerThatWasKilledAndComesBackAtAnotherPortIsTheSame() throws Exception {
    try (Database running = Database.local(home.postgres(), DATABASE, 2)) {
      EnvironmentLock lock = lock(running);
      assertThat(lock.objection()).isEmpty();
      int port = home.postgres().ensureRunning().port();
      home.postgres().stop();
      try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(home.postgres().ensureRunning().port()).isNotEqualTo(other.getLocalPort());
        assertThat(differing(home)).isEmpty();
        TestHome.kill(home.postgres().ensureRunning().pid());
        assertThat(differing(home)).isEmpty();
        lock.lookAgain();
        assertThat(lock.look().objection()).isEmpty();
      }
    }
  }

  @Test
  void aCopiedHomeIsRefusedAndTheOriginalWorksBesideIt() throws Exception {
    home.postgres().stop();
    try (TestHome clone = TestHome.prepared()) {
      copy(home, clone);
      assertThat(differing(clone)).as("the copy first").containsExactly("dataDirectory");
      assertThat(differing(home)).as("the original beside it").isEmpty();
      assertThat(differing(clone)).as("and again").containsExactly("dataDirectory");
      try (Database database = Database.local(clone.postgres(), DATABASE, 2)) {
        EnvironmentLock lock = lock(database);
        assertThat(database.inTransaction(lock::adopt))
            .extracting(Difference::bound)
            .allMatch(was -> was.startsWith(home.path().toString()));
      }
      assertThat(differing(clone)).as("adopted").isEmpty();
      assertThat(differing(home)).as("the original goes on").isEmpty();
    }
  }

  @Test
  void aHomeThatIsReachedByALinkIsTheSame() throws Exception {
    home.postgres().stop();
    Path link = home.path().resolveSibling(home.path().getFileName() + "-link");
    Files.createSymbolicLink(link, home.path());
    try (Database database = Database.local(new LocalPostgres(link), DATABASE, 2)) {
      assertThat(lock(database).objection()).isEmpty();
    } finally {
      home.postgres().stop();
      Files.delete(link);
    }
  }

  @Test
  void olderFilesPutBackInTheSamePlaceAreNotNoticed() throws Exception {
    home.postgres().stop();
    try (TestHome backup = TestHome.prepared()) {
      copy(home, backup);
      assertThat(differing(home)).isEmpty();
      home.postgres().stop();
      HomeFiles.deleteQuietly(home.postgresFile("data"));
      copy(backup, home);
    }
    assertThat(differing(home)).as("as docs/how-to/copy-and-restore.md says").isEmpty();
  }
}
