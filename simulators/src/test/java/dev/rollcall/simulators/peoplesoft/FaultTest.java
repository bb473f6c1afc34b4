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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FaultTest {
  private final RecordingListener listener = RecordingListener.start();
  private final Running running;

  FaultTest(@TempDir Path directory) {
    running = Running.in(directory, listener.url());
  }

  @AfterEach
  void stop() {
    running.close();
    listener.close();
  }

  @Test
  void aLostAnswerIsRetriedWithTheSameTransaction() {
    running.fault("lostAnswer");

    running.awaitStatus(running.name("0000000001", "One"), "Done");

    assertThat(listener.messages()).hasSize(2);
    assertThat(listener.messages().getFirst().header("TransactionID"))
        .isEqualTo(listener.messages().getLast().header("TransactionID"));
    JsonNode first = running.control.get("requests").path(0);
    assertThat(first.path("answer").path("failure").asString()).contains("before the answer");
  }

  @Test
  void halfABodyIsRetriedAndNeverCounts() {
    running.fault("halfBody");

    running.awaitStatus(running.name("0000000001", "One"), "Done");

    await().until(() -> listener.broken() == 1);
    assertThat(listener.messages()).hasSize(1);
    assertThat(running.attempts()).isEqualTo(2);
  }

  @Test
  void aSlowBodyArrivesWhole() {
    running.fault("slowBody");

    running.awaitStatus(running.name("0000000001", "One"), "Done");

    assertThat(running.control.get("requests").path(0).path("answer").path("millis").asLong())
        .isGreaterThanOrEqualTo(900);
    assertThat(listener.messages().getFirst().body()).endsWith("</SCC_CONSTITUENT_SYNC>");
  }

  @Test
  void aConcurrentDuplicateIsInsideTwiceAtOnce() {
    listener.holdBack();
    running.fault("duplicateConcurrently");

    long contract = running.name("0000000001", "One");

    await().until(() -> listener.inside() == 2);
    listener.open();
    running.awaitStatus(contract, "Done");
    assertThat(listener.messages())
        .extracting(message -> message.header("TransactionID"))
        .containsOnly(listener.messages().getFirst().header("TransactionID"));
  }

  @Test
  void aDuplicateThatIsRefusedIsNotHidden() {
    listener.answerNext(200, RecordingListener.SUCCESS);
    listener.answerNext(409, "seen");
    running.fault("duplicate");

    running.awaitStatus(running.name("0000000001", "One"), "Error");
  }

  @Test
  void theWrongResourceIsNamedOnce() {
    running.fault("wrongResource");
    running.awaitStatus(running.name("0000000001", "One"), "Done");
    running.awaitStatus(running.name("0000000001", "Two"), "Done");

    assertThat(listener.messages())
        .extracting(message -> message.header("Location"))
        .containsExactly("Not PSFT Campus", "PSFT Campus");
  }

  @Test
  void headersCanBeMissing() {
    running.fault("noTransactionId");
    running.fault("noOrigTimeStamp");

    assertThat(only().headers()).doesNotContainKeys("TransactionID", "OrigTimeStamp");
  }

  @Test
  void theStampCanComeFromElsewhere() {
    running.fault("otherOffset");

    assertThat(only().header("OrigTimeStamp")).endsWith("-0500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void theBodyCanBePacked(String encoding) {
    running.fault(encoding);

    Received message = only();

    assertThat(message.header("Content-Encoding")).isEqualTo(encoding);
    assertThat(message.body()).endsWith("</SCC_CONSTITUENT_SYNC>");
  }

  @Test
  void theBodyCanBeWrittenOtherwise() {
    running.fault("namespaced");
    running.fault("singleSpace");

    assertThat(only().body())
        .contains("<SCC_CONSTITUENT_SYNC xmlns=\"http://xmlns.oracle.com/")
        .contains("<CAMPUS_ID> </CAMPUS_ID>");
  }

  @Test
  void aFaultWaitsForThePersonItIsMeantFor() {
    running.control.post("faults", "{'fault':'gzip','times':1,'emplid':'0000000002'}");
    running.awaitStatus(running.name("0000000001", "One"), "Done");
    running.awaitStatus(running.name("0000000002", "Two"), "Done");

    assertThat(listener.messages())
        .extracting(message -> message.header("Content-Encoding"))
        .containsExactly("", "gzip");
    assertThat(running.control.get("state").path("faults").isEmpty()).isTrue();
  }

  private Received only() {
    running.awaitStatus(running.name("0000000001", "One"), "Done");
    assertThat(listener.messages()).hasSize(1);
    return listener.messages().getFirst();
  }
}
