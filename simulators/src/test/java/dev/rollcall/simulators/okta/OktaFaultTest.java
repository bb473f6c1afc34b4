package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OktaFaultTest {
  private final Calling calling;

  OktaFaultTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  /** What each fault answers a creation, and whether the work was done nevertheless. */
  @ParameterizedTest
  @CsvSource({
    "serverError,      500, E0000009, false",
    "readOnly,         503, E0000010, false",
    "gatewayTimeout,   504, '',       true",
    "tooMany,          429, E0000047, false",
    "concurrency,      429, E0000047, false",
    "stillActivating,  409, E0000112, false",
    "invalidToken,     401, E0000011, false",
    "spuriousProperty, 400, E0000001, false",
  })
  void aFaultAnswersInsteadOfTheTenant(String fault, int status, String code, boolean done) {
    calling.fault("{'fault':'" + fault + "'}");

    Answer answer = calling.post("/users?activate=false", Calling.person("one"));

    assertThat(answer.status()).isEqualTo(status);
    if (!code.isEmpty()) {
      assertThat(answer.code()).isEqualTo(code);
    }
    assertThat(calling.state("users").size()).isEqualTo(done ? 1 : 0);
    assertThat(calling.post("/users?activate=false", Calling.person("two")).status())
        .isEqualTo(200);
    assertThat(ledger().path(0).path("fault").asString()).isEqualTo(fault);
    assertThat(ledger().path(0).path("answer").path("status").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"dropped, 0", "lostAnswer, 1", "halfBody, 1"})
  void anAnswerThatDoesNotComeLeavesTheWorkDoneOrNot(String fault, int users) {
    calling.fault("{'fault':'" + fault + "','method':'POST','path':'/api/v1/users'}");

    // Java's client repeats what it holds safe to repeat; a POST with a body it does not.
    assertThatThrownBy(() -> calling.post("/users?activate=false", Calling.person("one")))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(calling.state("users").size()).isEqualTo(users);
    assertThat(ledger().path(0).path("answer").path("lost").asString()).isNotEmpty();
    assertThat(calling.post("/users?activate=false", Calling.person("one")).status())
        .isEqualTo(users == 0 ? 200 : 400);
  }

  @Test
  void aSlowAnswerTakesItsTime() {
    calling.fault("{'fault':'slow','millis':700}");
    long began = System.nanoTime();

    assertThat(calling.get("/groups").status()).isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(690));
  }

  @Test
  void aWrongClockShowsInOneAnswer() {
    calling.fault("{'fault':'wrongClock','millis':3600000}");

    long wrong = calling.get("/groups").header("x-rate-limit-reset");
    long right = calling.get("/groups").header("x-rate-limit-reset");

    assertThat(wrong - right).isEqualTo(3600);
  }

  @Test
  void anAccountVanishesBehindTheCallersBack() {
    String user = calling.staged("one");
    calling.fault("{'fault':'userGone','path':'/api/v1/users/*'}");

    assertThat(calling.post("/users/" + user, "{'profile':{'title':'T'}}").code())
        .isEqualTo("E0000007");
    assertThat(calling.state("users").isEmpty()).isTrue();
  }

  @Test
  void aGroupIsMissingForOneCallOrForGood() {
    String group = calling.group("Staff");
    String user = calling.staged("one");
    String path = "/groups/" + group + "/users/" + user;
    calling.fault("{'fault':'groupMissing','path':'/api/v1/groups/*/users/*'}");
    calling.fault("{'fault':'groupGone','skip':1,'path':'/api/v1/groups/**'}");

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      statuses.add(calling.put(path, "").status());
    }

    assertThat(statuses).containsExactly(404, 204, 404, 404);
  }

  @Test
  void aFaultHitsWhatItIsMeantForAndAsOftenAsItSays() {
    calling.fault(
        "{'fault':'serverError','method':'POST','path':'/api/v1/users/*/lifecycle/*','times':2}");
    String user = calling.staged("one");
    String activate = "/users/" + user + "/lifecycle/activate?sendEmail=false";

    assertThat(calling.get("/users/" + user).status()).isEqualTo(200);
    assertThat(calling.post(activate, "").status()).isEqualTo(500);
    assertThat(calling.state("faults").path(0).path("times").asInt()).isOne();
    assertThat(calling.post(activate, "").status()).isEqualTo(500);
    assertThat(calling.post(activate, "").status()).isEqualTo(200);
    assertThat(calling.state("faults").isEmpty()).isTrue();
  }

  @Test
  void chanceIsSeeded() {
    List<String> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      calling.fault("{'fault':'serverError','probability':0.3,'seed':11}");
      StringBuilder outcome = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        outcome.append(calling.get("/groups/none").status() == 500 ? 'x' : '.');
      }
      runs.add(outcome.toString());
      calling.control.post("faults", "{'clear':true}");
    }

    assertThat(runs.getFirst()).contains("x").contains(".").isEqualTo(runs.getLast());
  }

  @Test
  void aStormOfRefusalsIsToldAsOne() {
    calling.fault("{'fault':'tooMany','times':3,'millis':48000}");

    Answer answer = calling.get("/groups");

    assertThat(answer.header("x-rate-limit-limit")).isEqualTo(250);
    assertThat(answer.header("x-rate-limit-remaining")).isZero();
    assertThat(calling.get("/groups").status()).isEqualTo(429);
    assertThat(calling.get("/groups").status()).isEqualTo(429);
    assertThat(calling.get("/groups").status()).isEqualTo(200);
  }

  private JsonNode ledger() {
    return calling.control.get("requests");
  }
}
