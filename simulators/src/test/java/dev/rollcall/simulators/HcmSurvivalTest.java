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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Oracle HCM simulator in a JVM of its own, killed without warning. */
class HcmSurvivalTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;

  HcmSurvivalTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void peopleAreTheSameAfterAKill() throws Exception {
    JsonNode before;
    try (Child first = new Child()) {
      first.control.post("clock", "{'now':'2026-09-01T10:00:00Z','stand':true}");
      first.control.post("hcm/fill", "{'people':300}");
      first.control.post("hcm/change", "{'people':40}");
      first.control.post("clock", "{'advanceSeconds':86400}");
      first.control.post("hcm/terminate", "{'people':7,'inDays':5}");
      first.control.post("faults", "{'fault':'drift','insert':2,'delete':1}");
      assertThat(first.read("workers?orderBy=PersonId&limit=100").statusCode()).isEqualTo(200);
      first.control.post("settings", "{'pageCap':500}");
      before = first.control.get("hcm/people?count=1000");
      first.process.destroyForcibly().waitFor();
    }
    Files.writeString(
        directory.resolve("hcm-ledger.jsonl"), "{\"kind\":\"Act", StandardOpenOption.APPEND);

    try (Child second = new Child()) {
      JsonNode state = second.control.get("state");

      assertThat(second.control.get("hcm/people?count=1000")).isEqualTo(before);
      assertThat(before.size()).isEqualTo(301);
      assertThat(state.path("today").asString()).isEqualTo("2026-09-02");
      assertThat(state.path("settings").path("pageCap").asInt()).isEqualTo(500);
      assertThat(second.control.get("requests").size()).isEqualTo(1);
      second.control.post("stop", "");
      assertThat(second.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.process.exitValue()).isZero();
    }
  }

  /** One run of the real main class. */
  private final class Child implements AutoCloseable {
    final Process process;
    final URI hcm;
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
                  "--hcm-port",
                  "0",
                  "--hcm-user",
                  "u",
                  "--hcm-password",
                  "p")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader();
      JsonNode ready = Json.MAPPER.readTree(String.valueOf(out.readLine()));
      hcm = URI.create(ready.path("hcm").asString());
      control = new ControlDriver(hcm);
    }

    HttpResponse<String> read(String path) throws IOException, InterruptedException {
      String secret = Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
      return client.send(
          HttpRequest.newBuilder(hcm.resolve("/hcmRestApi/resources/11.13.18.05/" + path))
              .header("Authorization", "Basic " + secret)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
