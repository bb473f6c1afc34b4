package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL does not run as root; Rollcall, in containers above all, often does. */
@Timeout(180)
class LocalPostgresAsRootTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private TestHome home;

  @BeforeEach
  void makeHome() throws IOException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "these tests become other users, which needs root");
    home = TestHome.empty();
  }

  @AfterEach
  void stopAndDelete() {
    if (home != null) {
      home.close();
    }
  }

  @Test
  void anOrdinaryUserStartsTheServerDirectly() throws IOException {
    Path own = home.path().resolve("own");
    Files.createDirectory(own);
    Files.setAttribute(own, "unix:uid", RunAs.NOBODY);
    open(home.path());
    try (OtherProcess other = OtherProcess.start(AS_NOBODY, readableClassPath(), own, Map.of())) {
      OtherProcess.Seen seen = other.seen();

      assertThat(owner(seen.pid())).isEqualTo(RunAs.NOBODY);
      // Root goes on with what an ordinary user has begun.
      assertThat(OtherProcess.Seen.of(new LocalPostgres(own).ensureRunning())).isEqualTo(seen);
    } finally {
      new LocalPostgres(own).stop();
    }
    try {
      assertThat(owner(new LocalPostgres(own).ensureRunning().pid())).isEqualTo(RunAs.NOBODY);
    } finally {
      new LocalPostgres(own).stop();
    }
  }

  @Test
  void rootInAHomeClosedToOthersUsesAUserNamespace() throws IOException {
    Files.setPosixFilePermissions(home.path(), PosixFilePermissions.fromString("rwx------"));
    LocalPostgres.Server server = home.postgres().ensureRunning();
    assertThat(owner(server.pid())).isZero();
    assertThat(Files.getAttribute(server.dataDirectory(), "unix:uid")).isEqualTo(0);
  }

  @Test
  void rootWithoutUserNamespacesStepsDownToNobody() throws IOException {
    open(home.path());
    // As in Docker: no user namespaces, and no looking into the processes of others.
    List<String> asInDocker =
        List.of("setpriv", "--bounding-set=-sys_ptrace,-sys_admin", "--inh-caps=-all");
    Map<String, String> environment = withFailing("unshare");
    try (OtherProcess one =
        OtherProcess.start(asInDocker, OtherProcess.classPath(), home.path(), environment)) {
      OtherProcess.Seen seen = one.seen();
      assertThat(owner(seen.pid())).isEqualTo(RunAs.NOBODY);
      try (OtherProcess two =
          OtherProcess.start(asInDocker, OtherProcess.classPath(), home.path(), environment)) {
        assertThat(two.seen()).isEqualTo(seen);
      }
    }
  }

  @Test
  void rootThatCanNotStepDownIsToldSo() throws IOException {
    try (OtherProcess other =
        OtherProcess.start(
            List.of(), OtherProcess.classPath(), home.path(), withFailing("unshare", "setpriv"))) {
      assertThat(other.rest())
          .contains(
              "PostgreSQL does not run as root",
              "Run Rollcall as an ordinary user",
              "ROLLCALL_DATABASE_URL");
    }
  }

  @Test
  void rootWithoutUserNamespacesInAClosedHomeIsToldSo() throws IOException {
    try (OtherProcess other =
        OtherProcess.start(
            List.of(), OtherProcess.classPath(), home.path(), withFailing("unshare"))) {
      assertThat(other.rest()).contains("the user nobody can not enter", "ROLLCALL_DATABASE_URL");
    }
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static int owner(long pid) throws IOException {
    return (int) Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid");
  }

  /** A search path on which these programs fail. */
  private Map<String, String> withFailing(String... programs) throws IOException {
    Path directory = Files.createDirectory(home.path().resolve("bin"));
    for (String name : programs) {
      Path program =
          Files.writeString(directory.resolve(name), "#!/bin/sh\necho forbidden\nexit 1\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return Map.of("PATH", directory + ":" + System.getenv("PATH"));
  }

  /** The class path, copied to where everybody may read it: Maven's own place is often closed. */
  private List<Path> readableClassPath() throws IOException {
    Path directory = Files.createDirectory(home.path().resolve("classes"));
    open(directory);
    List<Path> copies = new ArrayList<>();
    for (Path original : OtherProcess.classPath()) {
      Path copy = directory.resolve(copies.size() + "-" + original.getFileName());
      copy(original, copy);
      copies.add(copy);
    }
    return copies;
  }

  private static void copy(Path original, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = copy.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, original.equals(file) ? copy : to);
        }
      }
    }
  }
}
