package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.cli.CommandProcess.Done;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A home that was copied with its database, as those who run it see it. */
class AdoptCommandTest {

  private final CommandProcess commands = new CommandProcess();
  private final Path original = commands.home().resolve("original");
  private final Path copy = commands.home().resolve("copy");
  private final Path moved = commands.home().resolve("moved");
  private final Path settings =
      commands.file(
          "rollcall.yaml", "http: {port: 0}\ninstances: {campus: {itResource: PSFT Campus}}\n");

  @AfterEach
  void stop() {
    for (Path home : new Path[] {original, copy, moved}) {
      if (Files.exists(home)) {
        commands.runIn(home, "down");
      }
    }
    commands.close();
  }

  @Test
  void aCopiedHomeIsRefusedUntilItIsAdopted() throws Exception {
    Files.createDirectories(original);
    Process first = serve(original);
    assertThat(post(url(original)).status()).isEqualTo(200);
    end(first);
    assertThat(check(original).exit()).isZero();
    copy(original, copy);

    Done refused = check(copy);
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
    assertThat(reason(refused)).contains("data directory is " + copy, "bound to " + original);

    Process service = serve(copy);
    String url = url(copy);
    assertThat(Files.readString(log(copy))).contains("data directory", "rollcall adopt --why");
    assertThat(post(url).status()).isEqualTo(503);
    assertThat(post(url).body())
        .contains("copied, restored or moved", "data directory")
        .doesNotContain(copy.toString());
    JsonNode instance = commands.runIn(copy, "instances", "--json").json().get(0);
    assertThat(instance.path("lastError").asString()).contains("bound to " + original);
    Path file = Files.writeString(commands.home().resolve("full.xml"), "<x/>");
    Done load = commands.runIn(copy, "load", "campus", file.toString());
    assertThat(load.exit()).as(load.toString()).isEqualTo(3);
    assertThat(file).exists();

    assertThat(commands.runIn(copy, "adopt").exit()).isEqualTo(2);
    assertThat(commands.runIn(copy, "adopt", "--why", " ").exit()).isEqualTo(2);
    JsonNode adopted = commands.runIn(copy, "adopt", "--why", "a test", "--json").json();
    assertThat(adopted.path("adopted").asBoolean()).isTrue();
    assertThat(adopted.path("differences").get(0).path("fact").asString())
        .isEqualTo("dataDirectory");

    assertThat(post(url).status()).isEqualTo(200);
    Done again = commands.runIn(copy, "adopt", "--why", "twice", "--json");
    assertThat(again.json().path("adopted").asBoolean()).isFalse();
    assertThat(check(copy).exit()).isZero();
    end(service);

    commands.runIn(copy, "down");
    Files.move(copy, moved);
    assertThat(check(moved).exit()).isEqualTo(3);
    Done offline =
        commands.runIn(moved, "adopt", "--why", "moved", "--config", settings.toString(), "--json");
    assertThat(offline.json().path("adopted").asBoolean()).as(offline.toString()).isTrue();
    assertThat(check(moved).exit()).isZero();
    assertThat(check(original).exit()).as("it was never touched").isZero();
  }

  private Done check(Path home) {
    return commands.runIn(home, "check", "--config", settings.toString(), "--json");
  }

  private static String reason(Done check) {
    for (JsonNode one : check.json()) {
      if (one.path("check").asString().equals("environment") && !one.path("ok").asBoolean()) {
        return one.path("reason").asString();
      }
    }
    return "";
  }

  private Path out(Path home) {
    return commands.home().resolve(home.getFileName() + ".out");
  }

  private Path log(Path home) {
    return commands.home().resolve(home.getFileName() + ".err");
  }

  private Process serve(Path home) {
    Process process =
        commands.startIn(
            home,
            out(home),
            ProcessBuilder.Redirect.to(log(home).toFile()),
            "serve",
            "--config",
            settings.toString(),
            "--json");
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Files.readString(out(home)).endsWith("}\n") || !process.isAlive());
    return process;
  }

  private String url(Path home) throws IOException {
    return new JsonMapper().readTree(Files.readString(out(home))).path("url").asString();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private void copy(Path from, Path to) throws Exception {
    commands.runIn(from, "down");
    Process process = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    Files.delete(to.resolve("cli.json"));
  }

  private static Exchange post(String url) throws IOException {
    try (HttpSender sender = new HttpSender(Duration.ofSeconds(20))) {
      return sender.send(
          "POST",
          URI.create(url + "/PeopleSoftOIMListener"),
          Map.of("Location", "PSFT Campus"),
          "<SCC_CONSTITUENT_SYNC><MsgData><Transaction><SCC_CM_PERSON_I class=\"R\"><EMPLID>"
              + "0007120001</EMPLID></SCC_CM_PERSON_I><PSCAMA class=\"R\"><AUDIT_ACTN>A</AUDIT_ACTN>"
              + "</PSCAMA></Transaction></MsgData></SCC_CONSTITUENT_SYNC>");
    }
  }
}
