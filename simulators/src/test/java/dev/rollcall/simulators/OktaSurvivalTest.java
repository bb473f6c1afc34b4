package dev.rollcall.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.testing.ControlDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Okta simulator in a JVM of its own, killed without warning while it is called. */
class OktaSurvivalTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;

  OktaSurvivalTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void whatWasAnsweredIsStillThereAfterAKill() throws Exception {
    Set<String> promised = new HashSet<>();
    try (Child first = new Child()) {
      AtomicInteger sent = new AtomicInteger();
      Thread killer =
          Thread.startVirtualThread(() -> {
            while (sent.get() < 60) {
              Thread.onSpinWait();
            }
            first.process.destroyForcibly();
          });
      for (int i = 0; i < 290; i++) {
        sent.incrementAndGet();
        try {
          HttpResponse<String> answer = first.create("user" + i);
          assertThat(answer.statusCode()).isEqualTo(200);
          promised.add(Json.MAPPER.readTree(answer.body()).path("id").asString());
        } catch (IOException killed) {
          break;
        }
      }
      killer.join();
      first.process.waitFor();
    }
    Files.writeString(
        directory.resolve("okta-ledger.jsonl"), "{\"kind\":\"Chan", StandardOpenOption.APPEND);

    try (Child second = new Child()) {
      Set<String> kept = new HashSet<>();
      second
          .control
          .get("state?part=users")
          .path("users")
          .forEach(user -> kept.add(user.path("id").asString()));
      JsonNode requests = second.control.get("requests");

      assertThat(promised).hasSizeGreaterThan(40);
      assertThat(kept).containsAll(promised);
      assertThat(kept.size() - promised.size()).isBetween(0, 1);
      assertThat(requests.valueStream().map(one -> one.path("request").asLong()))
          .doesNotHaveDuplicates();
      assertThat(second.create("after").statusCode()).isEqualTo(200);
      second.control.post("stop", "");
      assertThat(second.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.process.exitValue()).isZero();
    }
  }

  /** One run of the real main class. */
  private final class Child implements AutoCloseable {
    final Process process;
    final URI okta;
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
                  "--okta-port",
                  "0",
                  "--okta-token",
                  "t")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader();
      JsonNode ready = Json.MAPPER.readTree(String.valueOf(out.readLine()));
      okta = URI.create(ready.path("okta").asString());
      control = new ControlDriver(okta);
    }

    HttpResponse<String> create(String name) throws IOException, InterruptedException {
      String person =
          "{\"profile\":{\"login\":\"%s@x.edu\",\"email\":\"%s@x.edu\",\"firstName\":\"F\",\"lastName\":\"L\"}}"
              .formatted(name, name);
      return client.send(
          HttpRequest.newBuilder(okta.resolve("/api/v1/users?activate=false"))
              .header("Authorization", "SSWS t")
              .header("Accept", "application/json")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(person))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
