package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RateLimitTest {
  private static final long START = Instant.parse(Calling.START).getEpochSecond();

  private final Calling calling;

  RateLimitTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void aCallerHasHalfOfEachLimitAndIsToldSo() {
    Answer list = calling.get("/users?limit=1");
    Answer one = calling.get("/users/nobody@x.edu");

    assertThat(list.header("x-rate-limit-limit")).isEqualTo(300);
    assertThat(list.header("x-rate-limit-remaining")).isEqualTo(299);
    assertThat(list.header("x-rate-limit-reset")).isEqualTo(START + 60);
    assertThat(one.status()).isEqualTo(404);
    assertThat(one.header("x-rate-limit-limit")).isEqualTo(1000);
    assertThat(one.header("x-rate-limit-remaining")).isEqualTo(999);
  }

  @Test
  void aWindowBeginsWithTheFirstCallAndLastsAMinute() {
    calling.settings("{'limits':{'/api/v1/groups':6}}");
    calling.advance(37);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      statuses.add(calling.get("/groups").status());
      calling.advance(10);
    }
    Answer refused = calling.get("/groups");
    calling.advance(20);
    Answer next = calling.get("/groups");

    assertThat(statuses).containsExactly(200, 200, 200, 429);
    assertThat(refused.code()).isEqualTo("E0000047");
    assertThat(refused.header("x-rate-limit-remaining")).isZero();
    assertThat(refused.header("x-rate-limit-reset")).isEqualTo(START + 97);
    assertThat(refused.headers().firstValue("retry-after")).isEmpty();
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.header("x-rate-limit-reset")).isEqualTo(START + 157);
  }

  @Test
  void callsShareABucketAsOktaSaysAndNoOther() {
    calling.settings("{'limits':{'/api/v1/users':4}}");
    String user = calling.standing("one", "ACTIVE");
    calling.get("/users");
    calling.post("/users/" + user + "/lifecycle/suspend", "");

    assertThat(calling.get("/users/" + user + "/groups").status()).isEqualTo(429);
    assertThat(calling.get("/users/" + user).status()).isEqualTo(200);
    assertThat(calling.post("/users/" + user, "{'profile':{'title':'T'}}").status()).isEqualTo(200);
    assertThat(calling.status(user)).isEqualTo("SUSPENDED");
  }

  @Test
  void aShareMayBeSetForOneToken() {
    calling.control.post("tokens", "{'token':'other','name':'other','share':100}");

    Answer answer =
        calling.send(
            calling.request("GET", "/groups", "").header("Authorization", "SSWS other").build());

    assertThat(answer.header("x-rate-limit-limit")).isEqualTo(500);
  }

  @Test
  void othersDrainTheTenantWhileTheCallersOwnShareIsUnspent() {
    calling.settings("{'limits':{'/api/v1/groups':100}}");
    calling.control.post(
        "traffic", "{'kind':'competitor','bucket':'/api/v1/groups','perMinute':120}");
    calling.get("/groups");
    calling.advance(55);

    Answer refused = calling.get("/groups");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("x-rate-limit-remaining")).isEqualTo(49);
    JsonNode window = calling.state("windows").path("/api/v1/groups").path(0);
    assertThat(window.path("used").asInt()).isEqualTo(100);
    assertThat(window.path("others").path("competitor").path("used").asInt()).isEqualTo(99);
    assertThat(window.path("callers").path("default").path("refused").asInt()).isOne();
  }

  @Test
  void loginsThatFindNoRoomAreCounted() {
    calling.settings("{'limits':{'/api/v1/groups':100},'share':100}");
    calling.control.post(
        "traffic", "{'kind':'login','bucket':'/api/v1/groups','perMinute':60,'forSeconds':120}");
    for (int i = 0; i < 80; i++) {
      assertThat(calling.get("/groups").status()).isEqualTo(200);
    }
    calling.advance(200);

    JsonNode logins = calling.state("logins");
    assertThat(logins.path("used").asInt()).isEqualTo(80);
    assertThat(logins.path("refused").asInt()).isEqualTo(40);
  }

  @Test
  void aBurstComesAllAtOnce() {
    calling.control.post(
        "traffic",
        "{'kind':'competitor','bucket':'/api/v1/groups','perMinute':50,'burst':true,'afterSeconds':5}");
    calling.advance(4);
    assertThat(calling.state("competitors").path("used").asInt()).isZero();
    calling.advance(1);
    assertThat(calling.state("competitors").path("used").asInt()).isEqualTo(50);
    calling.control.post("traffic", "{'kind':'competitor','perMinute':0}");
    calling.advance(600);
    assertThat(calling.state("competitors").path("used").asInt()).isEqualTo(50);
  }

  @Test
  void tooManyCallsAtOnceAreToldByZerosAndAResetThatMeansNothing() throws Exception {
    calling.settings("{'concurrency':2,'latencyMillis':1500}");
    CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> calling.get("/groups"));
    await().until(() -> calling.state("concurrency").path("now").asInt() == 1);

    Answer refused = calling.get("/groups");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("E0000047");
    assertThat(refused.header("x-rate-limit-limit")).isZero();
    assertThat(refused.header("x-rate-limit-remaining")).isZero();
    assertThat(refused.header("x-rate-limit-reset")).isEqualTo(START + 114);
    assertThat(slow.get().status()).isEqualTo(200);
    assertThat(calling.state("concurrency").path("refused").asInt()).isOne();
  }

  @Test
  void aClockThatIsOffShowsInDateAndReset() {
    calling.settings("{'skewMillis':-300000}");

    Answer answer = calling.get("/groups");

    long date =
        ZonedDateTime.parse(
                answer.headers().firstValue("date").orElseThrow(),
                DateTimeFormatter.RFC_1123_DATE_TIME)
            .toEpochSecond();
    assertThat(date).isEqualTo(START - 300);
    assertThat(answer.header("x-rate-limit-reset") - date).isEqualTo(60);
  }

  @Test
  void aBenchRunsInVirtualTime() {
    Duration virtual = Duration.ZERO;
    int allowed = 0;
    while (virtual.toMinutes() < 10) {
      if (calling.get("/groups").status() == 200) {
        allowed++;
      }
      calling.advance(2);
      virtual = virtual.plusSeconds(2);
    }

    assertThat(allowed).isEqualTo(300);
    assertThat(calling.state("windows").path("/api/v1/groups").size()).isEqualTo(10);
  }
}
