package dev.rollcall.simulators.peoplesoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.simulators.testing.RecordingListener;
import dev.rollcall.simulators.testing.RecordingListener.Received;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ContractTest {
  private final RecordingListener listener = RecordingListener.start();
  private final Running running;

  ContractTest(@TempDir Path directory) {
    running = Running.in(directory, listener.url());
  }

  @AfterEach
  void stop() {
    running.close();
    listener.close();
  }

  @Test
  void aMessageCarriesTheEnvelopeInItsHeaders() {
    long contract = running.name("0000000042", "Smith");
    running.awaitStatus(contract, "Done");

    Received message = listener.messages().getFirst();
    assertThat(message.header("ExternalOperationName")).isEqualTo("SCC_CONSTITUENT_SYNC.v1");
    assertThat(message.header("OperationType")).isEqualTo("async");
    assertThat(message.header("Location")).isEqualTo("PSFT Campus");
    assertThat(message.header("TransactionID")).isNotBlank();
    assertThat(message.header("OrigTimeStamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}[+-]\\d{4}");
    assertThat(message.headers()).containsKeys("NonRepudiation", "To", "From");
    assertThat(message.emplid()).isEqualTo("0000000042");
  }

  @ParameterizedTest
  @CsvSource({
    "200, <IBResponse type='success'/>, Done",
    "200, <IBResponse type='error'><StatusCode>20</StatusCode></IBResponse>, Error",
    "200, <html><p>Welcome</p></html>, Error",
    "200, '', Error",
    "400, <IBResponse type='error'/>, Error",
    "503, <IBResponse type='success'/>, Error",
  })
  void theAnswerDecidesWhereAContractStands(int status, String body, String expected) {
    listener.answerNext(status, body);

    long contract = running.name("0000000042", "Smith");

    running.awaitStatus(contract, expected);
    assertThat(running.standing(contract).path("httpStatus").asInt()).isEqualTo(status);
    assertThat(running.standing(contract).path("answer").asString()).isEqualTo(body);
  }

  @Test
  void onePersonsContractsGoOneByOneAndOthersBeside() {
    listener.holdBack();
    long first = running.name("0000000001", "One");
    long second = running.name("0000000001", "Two");
    running.name("0000000002", "Three");
    await().until(() -> listener.inside() == 2);

    assertThat(running.standing(second).path("status").asString()).isEqualTo("New");

    listener.open();
    running.awaitStatus(first, "Done");
    running.awaitStatus(second, "Done");
    assertThat(listener.mostInside()).isEqualTo(2);
    assertThat(listener.messages())
        .filteredOn(message -> message.emplid().equals("0000000001"))
        .extracting(message -> message.body().contains(">Two<"))
        .containsExactly(false, true);
  }

  @Test
  void noMoreThanTheSettingAreSentAtOnce() {
    running.control.post("settings", "{'parallel':3}");
    listener.holdBack();
    running.control.post("population", "{'people':9}");
    running.control.post("publish", "{'what':'added'}");
    await().until(() -> listener.inside() == 3);

    listener.open();
    await().until(() -> listener.messages().size() == 9);

    assertThat(listener.mostInside()).isEqualTo(3);
  }

  @Test
  void anErrorHoldsBackItsPersonUntilItIsResentWithTheSameTransaction() {
    listener.answerNext(500, "broken");
    long first = running.name("0000000001", "One");
    running.awaitStatus(first, "Error");
    long second = running.name("0000000001", "Two");
    running.awaitStatus(running.name("0000000002", "Three"), "Done");
    assertThat(running.standing(second).path("status").asString()).isEqualTo("New");

    running.control.post("resend", "{'status':'Error'}");

    running.awaitStatus(second, "Done");
    assertThat(listener.messages())
        .filteredOn(message -> message.emplid().equals("0000000001"))
        .extracting(message -> message.body().contains(">One<"))
        .containsExactly(true, true, false);
    assertThat(listener.messages().getLast().header("TransactionID")).isNotBlank();
    assertThat(
            listener.messages().stream()
                .filter(message -> message.body().contains(">One<"))
                .map(message -> message.header("TransactionID") + message.header("OrigTimeStamp"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void withoutHeadOfLineBlockingLaterContractsPass() {
    running.control.post("settings", "{'headOfLine':false}");
    listener.answerNext(500, "broken");
    long first = running.name("0000000001", "One");
    running.awaitStatus(first, "Error");

    running.awaitStatus(running.name("0000000001", "Two"), "Done");

    assertThat(running.standing(first).path("status").asString()).isEqualTo("Error");
  }

  @Test
  void aDoneContractCanBeResentByHand() {
    long contract = running.name("0000000001", "One");
    running.awaitStatus(contract, "Done");

    running.control.post("resend", "{'contract':%d}".formatted(contract));

    await().until(() -> listener.messages().size() == 2);
    assertThat(listener.messages())
        .extracting(message -> message.header("TransactionID"))
        .containsOnly(listener.messages().getFirst().header("TransactionID"));
  }

  @Test
  void anUnreachableNodeIsDownUntilItAnswersAPing() {
    int port = listener.port();
    listener.close();
    long contract = running.name("0000000001", "One");
    running.awaitStatus(contract, "Retry");
    await().until(() -> running.control.get("state").path("node").asString().equals("down"));
    long waiting = running.name("0000000002", "Two");
    assertThat(running.standing(waiting).path("status").asString()).isEqualTo("New");

    try (RecordingListener back = RecordingListener.start(port)) {
      running.awaitStatus(contract, "Done");
      running.awaitStatus(waiting, "Done");

      assertThat(back.pings()).isNotEmpty();
      assertThat(running.control.get("state").path("node").asString()).isEqualTo("up");
    }
  }

  @Test
  void theLedgerHasEachAttemptWithItsAnswer() {
    listener.answerNext(403, "no");
    long contract = running.name("0000000042", "Smith");
    running.awaitStatus(contract, "Error");
    running.control.post("resend", "{'contract':%d}".formatted(contract));
    running.awaitStatus(contract, "Done");

    JsonNode attempts = running.control.get("requests");

    assertThat(attempts.size()).isEqualTo(2);
    assertThat(attempts.path(0).path("answer").path("status").asInt()).isEqualTo(403);
    assertThat(attempts.path(0).path("answer").path("body").asString()).isEqualTo("no");
    assertThat(attempts.path(1).path("answer").path("status").asInt()).isEqualTo(200);
    assertThat(attempts.path(1).path("sha256")).isEqualTo(attempts.path(0).path("sha256"));
    assertThat(attempts.path(1).path("emplid").asString()).isEqualTo("0000000042");
    assertThat(attempts.path(1).path("headers").path("Location").asString())
        .isEqualTo("PSFT Campus");
  }
}
