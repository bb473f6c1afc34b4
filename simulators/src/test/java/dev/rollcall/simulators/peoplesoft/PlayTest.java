package dev.rollcall.simulators.peoplesoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.testing.RecordingListener;
import dev.rollcall.simulators.testing.RecordingListener.Received;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PlayTest {
  private final RecordingListener listener = RecordingListener.start();
  private final Running running;

  PlayTest(@TempDir Path directory) {
    running = Running.in(directory, listener.url());
  }

  @AfterEach
  void stop() {
    running.close();
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aReceiverThatFollowsTheRulesEndsWithTheTruth(long seed) throws Exception {
    running.control.post(
        "play",
        """
        {'people':60,'changes':400,'seed':%d,'duplicates':0.1,'outOfOrder':0.15,'resend':0.1,
         'gzip':0.2,'deflate':0.1,'namespaced':0.2,'singleSpace':0.3,'otherOffset':0.3,
         'halfBody':0.03,'lostAnswer':0.05,'parallel':8}
        """
            .formatted(seed));
    running.awaitPlayed();

    ObedientReceiver receiver = new ObedientReceiver();
    for (Received message : listener.messages()) {
      receiver.take(message);
    }

    assertThat(receiver.older).isGreaterThan(10);
    assertThat(receiver.repeated).isGreaterThan(40);
    JsonNode people = running.control.get("people");
    assertThat(people.size()).isGreaterThan(60);
    for (JsonNode person : people) {
      assertHolds(receiver, person);
    }
  }

  private static void assertHolds(ObedientReceiver receiver, JsonNode person) {
    String emplid = person.path("emplid").asString();
    assertThat(receiver.deleted(emplid)).isEqualTo(person.path("deleted").asBoolean());
    assertThat(receiver.rows(emplid, "PERSON_SA", "CAMPUS_ID"))
        .containsExactly(List.of(person.path("campusId").asString()));
    assertThat(
            receiver.rows(
                emplid,
                "SCC_PER_NAME_I",
                "NAME_TYPE",
                "EFFDT",
                "EFF_STATUS",
                "FIRST_NAME",
                "LAST_NAME"))
        .as(emplid)
        .isEqualTo(truth(person.path("names"), "type", "effdt", "status", "first", "last"));
    assertThat(
            receiver.rows(
                emplid, "SCC_PER_EMAIL_I", "E_ADDR_TYPE", "EMAIL_ADDR", "PREF_EMAIL_FLAG"))
        .isEqualTo(truth(person.path("emails"), "type", "address", "preferred"));
    assertThat(receiver.rows(emplid, "SCC_PER_PHONE_I", "PHONE_TYPE", "PHONE", "PREF_PHONE_FLAG"))
        .isEqualTo(truth(person.path("phones"), "type", "number", "preferred"));
    assertThat(
            receiver.rows(
                emplid,
                "SCC_AFL_PERSON",
                "INSTITUTION",
                "SCC_AFL_CODE",
                "SCC_AFL_STATUS",
                "START_DT",
                "END_DT"))
        .isEqualTo(
            truth(person.path("affiliations"), "institution", "code", "status", "from", "to"));
  }

  private static List<List<String>> truth(JsonNode rows, String... names) {
    List<List<String>> truth = new ArrayList<>();
    for (JsonNode row : rows) {
      List<String> values = new ArrayList<>();
      for (String name : names) {
        JsonNode value = row.path(name);
        values.add(
            value.isBoolean() ? (value.asBoolean() ? "Y" : "N") : value.asString("").strip());
      }
      truth.add(values);
    }
    return truth;
  }

  @Test
  void theSameSeedPlaysTheSame(@TempDir Path other) {
    String play = "{'people':20,'changes':60,'seed':9,'outOfOrder':0.1}";
    running.control.post("play", play);
    running.awaitPlayed();
    try (Running twin = Running.in(other, listener.url())) {
      twin.control.post("play", play);
      twin.awaitPlayed();

      assertThat(twin.control.get("people")).isEqualTo(running.control.get("people"));
    }
  }

  @Test
  void everyContractIsCountedAndEveryPublishedPersonExpected() {
    running.control.post("play", "{'people':10,'changes':30,'seed':4}");
    running.awaitPlayed();

    JsonNode progress = running.control.get("play");
    Set<String> published = new HashSet<>();
    running.control.get("people").forEach(one -> published.add(one.path("emplid").asString()));
    Set<String> expected = new HashSet<>();
    running.control.get("expected").forEach(one -> expected.add(one.path("login").asString()));

    assertThat(progress.path("contracts").path("Done").asInt()).isEqualTo(40);
    assertThat(expected).isEqualTo(published);
  }
}
