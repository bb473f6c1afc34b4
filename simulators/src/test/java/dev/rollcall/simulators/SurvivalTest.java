package dev.rollcall.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.testing.ControlDriver;
import dev.rollcall.simulators.testing.RecordingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The simulator as a JVM of its own, killed without warning. */
class SurvivalTest {
  private final RecordingListener listener = RecordingListener.start();
  private final Path directory;

  SurvivalTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  @Test
  void aKilledSimulatorGoesOnWhereItWas() throws Exception {
    listener.holdBack();
    JsonNode people;
    try (Child first = new Child()) {
      first.control.post("play", "{'people':30,'changes':60,'parallel':3}");
      await().until(() -> listener.inside() == 3);
      await().until(() -> first.control.get("state").path("contracts").path("New").asInt() == 87);
      people = first.control.get("people");
      first.kill();
    }
    tear("peoplesoft-journal.jsonl");
    tear("peoplesoft-ledger.jsonl");
    listener.open();

    try (Child second = new Child()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !second.control.get("play").path("running").asBoolean());

      assertThat(second.control.get("people")).isEqualTo(people);
      JsonNode contracts = second.control.get("play").path("contracts");
      assertThat(contracts.path("Done").asInt()).isEqualTo(90);
      JsonNode attempts = second.control.get("requests");
      assertThat(attempts.size()).isEqualTo(93);
      assertThat(attempts.valueStream().filter(one -> !one.has("answer"))).hasSize(3);
      assertThat(attempts.valueStream().map(one -> one.path("attempt").asLong()))
          .doesNotHaveDuplicates();
      second.control.post("stop", "");
      assertThat(second.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.process.exitValue()).isZero();
    }
  }

  private void tear(String file) throws IOException {
    Files.writeString(directory.resolve(file), "{\"kind\":\"attem", StandardOpenOption.APPEND);
  }

  /** One run of the real main class. */
  private final class Child implements AutoCloseable {
    final Process process;
    final ControlDriver control;

    Child() throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Simulators.class.getName(),
                  "--state",
                  directory.toString(),
                  "--listener",
                  listener.url().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader();
      JsonNode ready = Json.MAPPER.readTree(String.valueOf(out.readLine()));
      control = new ControlDriver(URI.create(ready.path("peoplesoft").asString()));
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
