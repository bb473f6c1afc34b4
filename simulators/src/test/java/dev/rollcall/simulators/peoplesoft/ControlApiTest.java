package dev.rollcall.simulators.peoplesoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.simulators.testing.ControlDriver.Told;
import dev.rollcall.simulators.testing.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ControlApiTest {
  private final RecordingListener listener = RecordingListener.start();
  private final Path directory;
  private final Running running;

  ControlApiTest(@TempDir Path directory) {
    this.directory = directory;
    running = Running.in(directory, listener.url());
  }

  @AfterEach
  void stop() {
    running.close();
    listener.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | play            | {'pople':1}                          | 400 | pople",
        "POST | play            | {'duplicates':2}                     | 400 | between 0 and 1",
        "POST | publish         | {'what':'nonsense'}                  | 400 | what",
        "POST | publish         | {}                                   | 400 | 'what' is missing",
        "POST | publish         | {'what':'added','style':'odd'}       | 400 | style",
        "POST | faults          | {'fault':'none'}                     | 400 | fault",
        "POST | person          | {'names':[]}                         | 400 | emplid",
        "POST | person          | {'emplid':'1','names':[{}]}          | 400 | type",
        "POST | delete          | {'emplid':'nobody'}                  | 404 | nobody",
        "POST | resend          | {'contract':99}                      | 404 | 99",
        "POST | settings        | {'parallel':0}                       | 400 | parallel",
        "POST | listener        | {'url':'ftp://x/'}                   | 400 | ftp",
        "POST | clock           | {}                                   | 400 | offsetSeconds",
        "POST | clock           | [1]                                  | 400 | object",
        "POST | clock           | {                                    | 400 | JSON",
        "GET  | people/nobody   | ``                                   | 404 | nobody",
        "GET  | contracts/x     | ``                                   | 404 | x",
        "GET  | expected?date=x | ``                                   | 400 | date",
        "GET  | reset           | ``                                   | 405 | GET",
        "GET  | nothing         | ``                                   | 404 | nothing",
      })
  void badInputIsRefusedWithASentence(
      String method, String path, String body, int status, String why) {
    Told told = running.control.call(method, path, body.replace('\'', '"'));

    assertThat(told.status()).isEqualTo(status);
    assertThat(told.body().path("error").asString()).contains(why);
  }

  @Test
  void aPersonCanBeMadeChangedAndDeletedPrecisely() {
    JsonNode made =
        running.control.post(
            "person",
            """
            {'emplid':'0000000042','campusId':'C42','style':'image','root':'EMPTY',
             'names':[{'type':'PRI','effdt':'2020-01-01','status':'A','first':'Zoë','last':'X'}],
             'emails':[{'type':'CAMP','address':'z@example.edu','preferred':true}],
             'affiliations':[{'institution':'PSUNV','code':'STUDENT','from':'2020-01-01'}]}
            """);
    running.control.post(
        "person",
        """
        {'emplid':'0000000042','campusId':null,
         'names':[{'type':'PRI','effdt':'2020-02-01','status':'A','first':'Zoë','last':'X'}],
         'redated':{'nameType':'PRI','old':'2020-01-01','corrected':'2020-02-01'}}
        """);
    JsonNode deleted = running.control.post("delete", "{'emplid':'0000000042'}");
    running.awaitStatus(deleted.path("contract").asLong(), "Done");

    assertThat(made.path("body").asString()).contains("<AUDIT_ACTN/>").contains("Zoë");
    assertThat(listener.messages().get(1).body())
        .contains("<AUDIT_ACTN>K</AUDIT_ACTN>")
        .contains("<CAMPUS_ID IsChanged=\"Y\"/>")
        .doesNotContain("z@example.edu");
    assertThat(listener.messages().get(2).body()).contains("<AUDIT_ACTN>D</AUDIT_ACTN>");
    JsonNode expected = running.control.get("expected?date=2026-01-01").path(0);
    assertThat(expected.path("status").asString()).isEqualTo("Disabled");
    assertThat(expected.path("start_date").asString()).isEqualTo("2020-02-01");
    assertThat(expected.path("campus_id").isNull()).isTrue();
    assertThat(expected.path("affiliations").path(0).path("enabled").asBoolean()).isFalse();
  }

  @Test
  void aRawMessageGoesOutAsItIs() {
    listener.answerNext(404, "unknown");

    JsonNode answer =
        running.control.post(
            "send",
            "{'body':'<x/>','encoding':'gzip','headers':{'Location':null,'ExternalOperationName':'X'}}");

    assertThat(answer.path("status").asInt()).isEqualTo(404);
    assertThat(answer.path("body").asString()).isEqualTo("unknown");
    assertThat(listener.messages().getFirst().body()).isEqualTo("<x/>");
    assertThat(listener.messages().getFirst().headers()).doesNotContainKey("Location");
    assertThat(listener.messages().getFirst().header("ExternalOperationName")).isEqualTo("X");
    assertThat(running.attempts()).isOne();
  }

  @Test
  void aPingSaysSo() {
    JsonNode answer = running.control.post("ping", "");

    assertThat(answer.path("status").asInt()).isEqualTo(200);
    assertThat(listener.pings()).hasSize(1);
    assertThat(listener.pings().getFirst().header("Location")).isEqualTo("PSFT Campus");
  }

  @Test
  void theListenerAndItsHeadersCanBeChanged() {
    running.control.post(
        "listener", "{'itResource':'Other','header':'X-Resource','headers':{'Authorization':'x'}}");
    running.awaitStatus(running.name("0000000001", "One"), "Done");

    assertThat(listener.messages().getFirst().header("X-Resource")).isEqualTo("Other");
    assertThat(listener.messages().getFirst().header("Authorization")).isEqualTo("x");
    assertThat(listener.messages().getFirst().headers()).doesNotContainKey("Location");
  }

  @Test
  void theClockMovesStampsAndToday() {
    running.control.post("clock", "{'now':'2031-05-06T07:08:09Z'}");
    running.awaitStatus(running.name("0000000001", "One"), "Done");

    assertThat(running.control.get("state").path("clock").path("today").asString())
        .isEqualTo("2031-05-06");
    assertThat(listener.messages().getFirst().header("OrigTimeStamp"))
        .startsWith("2031-05-06T07:08:");
  }

  @Test
  void aResetForgetsEverybodyButKeepsTheOldLedger() {
    listener.holdBack();
    running.name("0000000001", "One");
    await().until(() -> listener.inside() == 1);

    running.control.post("reset", "");
    listener.open();

    assertThat(running.control.get("people").isEmpty()).isTrue();
    assertThat(running.control.get("requests").isEmpty()).isTrue();
    assertThat(directory.resolve("peoplesoft-ledger.1.jsonl"))
        .exists()
        .satisfies(file -> assertThat(Files.readString(file)).contains("0000000001"));
    running.awaitStatus(running.name("0000000001", "Two"), "Done");
  }

  @Test
  void aResetEndsThePlayUnderWay() {
    running.control.post("play", "{'people':300,'changes':3000}");
    running.control.post("reset", "");

    assertThat(running.control.get("people").isEmpty()).isTrue();
    running.control.post("play", "{'people':5,'changes':5}");
    running.awaitPlayed();
    assertThat(running.control.get("play").path("contracts").path("Done").asInt()).isEqualTo(10);
    assertThat(running.control.get("play").has("failure")).isFalse();
  }

  @Test
  void aRefusalBeforeTheBodyIsThroughIsStillRead() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.startVirtualThread(() -> refuseAtOnce(server));
      String body = "<x>" + "y".repeat(30_000_000) + "</x>";

      JsonNode answer =
          running.control.post(
              "send",
              "{'listener':'http://127.0.0.1:%d/','body':'%s'}"
                  .formatted(server.getLocalPort(), body));

      assertThat(answer.path("status").asInt()).isEqualTo(413);
    }
  }

  private static void refuseAtOnce(ServerSocket server) {
    try (Socket socket = server.accept()) {
      String refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(refusal.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().skipNBytes(1_000_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
