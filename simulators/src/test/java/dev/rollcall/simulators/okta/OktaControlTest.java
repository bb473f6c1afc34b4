package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.testing.ControlDriver.Told;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OktaControlTest {
  private final Path directory;
  private final Calling calling;

  OktaControlTest(@TempDir Path directory) {
    this.directory = directory;
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | faults         | {'fault':'nonsense'}                 | 400 | fault",
        "POST | faults         | {}                                   | 400 | fault",
        "POST | faults         | {'fault':'slow','times':0}           | 400 | times",
        "POST | faults         | {'fault':'slow','probability':2}     | 400 | between 0 and 1",
        "POST | settings       | {'shar':50}                          | 400 | shar",
        "POST | settings       | {'share':0}                          | 400 | share",
        "POST | settings       | {'limits':{'/nothing':5}}            | 400 | limits",
        "POST | settings       | {'custom':{'login':'string'}}        | 400 | custom",
        "POST | settings       | {'searchDelayMillis':900000}         | 400 | delay",
        "POST | traffic        | {'kind':'other','perMinute':5}       | 400 | kind",
        "POST | traffic        | {'kind':'login','bucket':'/x'}       | 400 | bucket",
        "POST | clock          | {}                                   | 400 | offsetSeconds",
        "POST | tokens         | {'name':'x'}                         | 400 | token",
        "POST | tokens         | {'token':'x','share':200}            | 400 | share",
        "POST | clients        | {'clientId':'x','scopes':[],'keys':[{'kty':'oct'}]} | 400 | keys",
        "POST | users          | {'profile':{'login':'x'}}            | 400 | login",
        "POST | users          | {'user':'nobody','status':'ACTIVE'}  | 404 | nobody",
        "POST | users          | {'user':'nobody','status':'ODD'}     | 400 | status",
        "POST | groups         | {'name':'Everyone'}                  | 409 | Duplicate",
        "POST | delete         | {'user':'nobody'}                    | 404 | nothing",
        "GET  | state?part=odd | ``                                   | 400 | part",
        "GET  | users/nobody   | ``                                   | 404 | nobody",
        "GET  | requests?after=x | ``                                 | 400 | after",
        "GET  | reset          | ``                                   | 405 | GET",
      })
  void badInputIsRefusedWithASentence(
      String method, String path, String body, int status, String why) {
    Told told = calling.control.call(method, path, body.replace('\'', '"'));

    assertThat(told.status()).isEqualTo(status);
    assertThat(told.body().path("error").asString()).contains(why);
  }

  @Test
  void theLedgerHasEachCallWithItsChangesAndItsAnswer() {
    String group = calling.group("Staff");
    calling.post("/users", "{'profile':{}}");
    String user = calling.staged("one");
    Answer joined = calling.put("/groups/" + group + "/users/" + user, "");

    JsonNode all = calling.control.get("requests");
    assertThat(all.size()).isEqualTo(4);
    assertThat(all.valueStream().map(one -> one.path("request").asLong()))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(all.path(1).path("answer").path("errorCode").asString()).isEqualTo("E0000001");
    assertThat(all.path(2).path("body").asString()).contains("one@x.edu");
    assertThat(all.path(2).path("changes").path(0).path("user").asString()).isEqualTo(user);
    assertThat(all.path(3).path("caller").asString()).isEqualTo("default");
    assertThat(all.path(3).path("requestId").asString())
        .isEqualTo(joined.headers().firstValue("x-okta-request-id").orElseThrow());
    assertThat(calling.control.get("requests?after=3").size()).isOne();
    assertThat(calling.control.get("requests?user=" + user).size()).isEqualTo(2);
    assertThat(calling.control.get("requests?caller=nobody").isEmpty()).isTrue();
  }

  @Test
  void nobodyIsCreatedTwiceUnseen() {
    calling.post(
        "/users?activate=false",
        "{'profile':{'login':'a@x.edu','email':'a@x.edu','firstName':'F','lastName':'L','employeeNumber':'7'}}");
    calling.post(
        "/users?activate=false",
        "{'profile':{'login':'b@x.edu','email':'b@x.edu','firstName':'F','lastName':'L','employeeNumber':'7'}}");

    JsonNode people = calling.control.get("users?by=employeeNumber");

    assertThat(people.size()).isOne();
    assertThat(people.path(0).path("key").asString()).isEqualTo("7");
    assertThat(people.path(0).path("created").asInt()).isEqualTo(2);
    assertThat(people.path(0).path("users").size()).isEqualTo(2);
    assertThat(calling.control.get("users").size()).isEqualTo(2);
  }

  @Test
  void aSecretIsNowhereInTheFiles() throws Exception {
    calling.control.post("tokens", "{'token':'planted-secret','name':'other'}");
    calling.get("/users");

    assertThat(Files.readString(directory.resolve("okta-ledger.jsonl")))
        .doesNotContain("planted-secret")
        .doesNotContain("secret-token");
    assertThat(calling.control.get("state").toString()).doesNotContain("planted-secret");
  }

  @Test
  void aResetForgetsPeopleButKeepsAccessAndTheOldLedger() {
    calling.staged("one");
    calling.settings("{'share':40}");
    calling.control.post("tokens", "{'token':'other','name':'other'}");

    calling.control.post("reset", "");

    assertThat(calling.state("users").isEmpty()).isTrue();
    assertThat(calling.state("settings").path("share").asInt()).isEqualTo(40);
    assertThat(calling.state("clock").path("now").asString()).isEqualTo(Calling.START);
    assertThat(calling.control.get("requests").isEmpty()).isTrue();
    assertThat(calling.get("/users").status()).isEqualTo(200);
    assertThat(directory.resolve("okta-ledger.1.jsonl")).exists();
  }

  @Test
  void aTenantThatIsOpenedAgainIsTheSame() {
    String group = calling.group("Staff");
    String user = calling.standing("one", "SUSPENDED");
    calling.put("/groups/" + group + "/users/" + user, "");
    calling.settings("{'share':40}");
    calling.control.post("tokens", "{'token':'other','name':'other','share':10}");
    calling.post("/users", Calling.person("two"));
    JsonNode before =
        calling.control.get("state?part=users,groups,memberships,mails,settings,tokens");
    // How far a clock that stands is from the machine's changes all the time.
    JsonNode stood = calling.state("clock").path("now");
    calling.close();

    try (Calling again = Calling.in(directory)) {
      assertThat(again.control.get("state?part=users,groups,memberships,mails,settings,tokens"))
          .isEqualTo(before);
      assertThat(again.state("clock").path("now")).isEqualTo(stood);
      assertThat(again.control.get("requests").size()).isEqualTo(3);
      again.get("/users");
      assertThat(again.control.get("requests").path(3).path("request").asLong()).isEqualTo(4);
    }
  }

  @Test
  void theClockCanStandAndRun() throws Exception {
    assertThat(calling.state("clock").path("runs").asBoolean()).isFalse();
    calling.control.post("clock", "{'advanceMillis':1500}");
    assertThat(calling.state("clock").path("now").asString()).isEqualTo("2026-03-01T10:00:01.500Z");
    calling.control.post("clock", "{'offsetSeconds':86400,'stand':false}");
    assertThat(calling.state("clock").path("runs").asBoolean()).isTrue();
    assertThat(calling.state("clock").path("offsetSeconds").asLong()).isEqualTo(86400);
  }

  @Test
  void aPageShowsTheStateAndNoMarkupOfOthers() {
    calling.standing("one", "ACTIVE");
    calling.control.post("groups", "{'name':'<b>Bold</b>'}");

    Answer page = calling.send(HttpRequest.newBuilder(URI.create(calling.address() + "/")).build());

    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.text()).contains("one@x.edu", "&lt;b>Bold").doesNotContain("<b>Bold");
  }
}
