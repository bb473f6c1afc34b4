package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.CommandProcess.Done;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is told in words a person can act on, with the exit status that is named. */
class CommandFailureTest {

  private static CommandProcess commands;

  @BeforeAll
  static void start() {
    commands = new CommandProcess();
  }

  @AfterAll
  static void stop() {
    commands.close();
  }

  private static Done fails(int exit, String... arguments) {
    Done done = commands.run(arguments);
    assertThat(done.exit()).as(done.toString()).isEqualTo(exit);
    assertThat(done.out()).isEmpty();
    assertThat(done.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    return done;
  }

  private static void failsInOneLine(int exit, String... arguments) {
    assertThat(fails(exit, arguments).err().lines()).hasSize(1);
  }

  @Test
  void withoutAServiceItSaysSoAndHowToStartOne() {
    for (List<String> one :
        List.of(
            List.of("events"),
            List.of("instances", "--url", "http://127.0.0.1:1", "--token", "x", "--json"))) {
      Done done = fails(1, one.toArray(String[]::new));
      assertThat(done.err().lines()).hasSize(1);
      assertThat(done.err()).contains("rollcall up --demo", "rollcall serve --config FILE");
    }
    failsInOneLine(2, "instances", "--url", "http://a b", "--token", "x");
    failsInOneLine(2, "instances", "--url", "nowhere", "--token", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch",
        "events --limit abc",
        "event abc",
        "retry",
        "resync",
        "resync campus",
        "resync campus 1 --all",
        "pause",
        "preview",
        "preview campus 1 --link",
        "release",
        "release 1",
        "release x --why y",
        "release 1 --all --why y",
        "release --all --why y",
        "release --all --instance campus --why y",
        "reject 1 --instance campus --why y",
        "up",
        "up --demo --people -3",
        "demo --once --people 0",
        "wait",
        "wait --idle --timeout soon",
        "wait --idle --timeout -5s",
        "clock advance soon",
        "tidy --config x.yaml",
        "clock set someday",
        "serve",
        "serve --config x.yaml --port 99999",
        "serve --config x.yaml --port -1",
        "bench",
        "bench engine --events 0",
        "bench message --messages 0",
        "bench budget",
        "bench budget --scenario nosuch",
        "bench budget --scenario half --minutes 2"
      })
  void wrongUsageIsTwo(String line) {
    fails(2, line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | bogus: 1                    | bogus
          2 | a: [                        | not YAML
          1 | ? [a]                       | name
          1 | - a                         | mapping
          3 | http:;  address: x;  port: x | http.port
          2 | database:;url: x            | url
          """)
  void aWrongConfigurationIsToldWithFileAndLine(int line, String yaml, String named) {
    Path file = commands.file("wrong.yaml", yaml.replace(';', '\n') + "\n");
    Done done = fails(1, "serve", "--config", file.toString());
    assertThat(done.err()).startsWith(file + ":").contains(named);
    assertThat(done.err()).contains(file + ":" + line + ":");
  }

  @Test
  void aMissingConfigurationIsNamed() {
    failsInOneLine(1, "serve", "--config", "/nonexistent.yaml");
    failsInOneLine(1, "serve", "--config", commands.home().toString());
  }

  @Test
  void aHomeThatCannotBeUsedIsNamedWithTheReason() {
    for (String home : List.of("/dev/null", "/proc/nothing", "/dev/null/below")) {
      Done done = commands.runIn(Path.of(home), "instances");
      assertThat(done.exit()).isEqualTo(1);
      assertThat(done.err().lines()).hasSize(1);
      assertThat(done.err())
          .contains("ROLLCALL_HOME", home)
          .doesNotContain("Exception", "(" + home + ")");
    }
  }

  @Test
  void aPortThatIsTakenIsNamedWithoutATrace() throws IOException {
    Path file = commands.file("taken.yaml", "database:\n  name: taken\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Done done = fails(1, "serve", "--config", file.toString(), "--port", port);
      // The pool may warn that it was closed while it opened connections.
      assertThat(done.err().lines().toList().getLast()).contains(port, "--port");
      assertThat(done.err().lines()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
    Path file =
        commands.file(
            "nowhere.yaml",
            "database:\n  url: jdbc:postgresql://127.0.0.1:1/x?user=u&password=Tr0ub4dor\n");
    Done done = fails(1, "serve", "--config", file.toString());
    assertThat(done.err()).contains("127.0.0.1:1").doesNotContain("Tr0ub4dor").hasLineCount(1);
  }

  @Test
  void whatWouldBeTidiedCannotBeSaidWithoutSettingsOrTables() {
    try (CommandProcess other = new CommandProcess()) {
      Done nothing = other.run("tidy", "--dry-run");
      assertThat(nothing.exit()).isEqualTo(1);
      assertThat(nothing.err()).hasLineCount(1).contains(other.home() + "/rollcall.yaml");
    }
    Path file = commands.file("untouched.yaml", "database:\n  name: untouched\n");
    Done empty = fails(1, "tidy", "--dry-run", "--config", file.toString());
    assertThat(empty.err()).hasLineCount(1).contains("rollcall serve --config FILE");
    failsInOneLine(1, "tidy");
  }

  @Test
  void clockSkewOutsideADemoIsRefused() {
    Path file = commands.file("plain.yaml", "database:\n  name: plain\n");
    failsInOneLine(3, "serve", "--config", file.toString(), "--clock-skew", "90s");
  }

  @Test
  void checkNamesWhatIsWrongAndAnInstanceThatIsNotThere() {
    Path file = commands.file("check.yaml", "database:\n  name: checked\nbogus: 1\n");
    Done wrong = commands.run("check", "--config", file.toString(), "--json");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.json().get(0).path("reason").asString()).contains(file + ":3:");
    assertThat(wrong.json().get(0).propertyNames()).contains("instance", "check", "ok", "reason");
    Path good =
        commands.file(
            "good.yaml", "http:\n  port: 0\ninstances:\n  campus:\n    itResource: PSFT Campus\n");
    Done all = commands.run("check", "--config", good.toString(), "--json");
    assertThat(all.exit()).as(all.toString()).isEqualTo(0);
    failsInOneLine(4, "check", "nowhere", "--config", good.toString());
    Path watching =
        commands.file(
            "watching.yaml",
            "http:\n  port: 0\ninstances:\n  campus:\n    itResource: PSFT Campus\n    watch:\n"
                + "      directory: %s\n      archive: /nonexistent\n".formatted(commands.home()));
    Done gone = commands.run("check", "campus", "--config", watching.toString(), "--json");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.json().valueStream().filter(one -> !one.path("ok").asBoolean()))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.path("check").asString()).isEqualTo("watch");
          assertThat(one.path("reason").asString()).contains("/nonexistent");
        });
  }

  @Test
  void downWithNothingToStopIsDone() {
    try (CommandProcess other = new CommandProcess()) {
      Done done = other.run("down", "--json");
      assertThat(done.exit()).isZero();
      assertThat(done.json().path("stopped").asBoolean(true)).isFalse();
    }
  }
}
