package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.simulators.hcm.Calling.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Scripted faults, and rows that move between two pages. */
class FaultTest {
  private static final String PAGE = "workers?onlyData=true&orderBy=PersonId&limit=50&offset=";

  private final Calling calling;

  FaultTest(@TempDir Path directory) {
    calling = Calling.in(directory);
    calling.control.post("hcm/fill", "{'people':200,'plain':true}");
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void aBrokenRowBreaksEveryPageThatHoldsItAndNoOther() {
    calling.fault("{'fault':'brokenRow','row':77}");

    Answer whole = calling.get(PAGE + 0);
    Answer broken = calling.get(PAGE + 50);

    assertThat(whole.items()).hasSize(50);
    assertThat(broken.status()).isEqualTo(200);
    assertThatThrownBy(broken::json).isInstanceOf(JacksonException.class);
    assertThat(broken.text()).contains("Too many objects match the primary key oracle.jbo.Key[");

    int low = 50;
    int high = 100;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      String half =
          "workers?onlyData=true&orderBy=PersonId&offset=" + low + "&limit=" + (middle - low);
      if (readable(calling.get(half))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    assertThat(low).isEqualTo(77);

    calling.fault("{'clear':true}");

    assertThat(calling.get(PAGE + 50).items()).hasSize(50);
  }

  private static boolean readable(Answer answer) {
    try {
      answer.json();
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  @Test
  void rowsInsertedAndDeletedBehindAPageShiftTheNextOne() {
    calling.fault("{'fault':'drift','insert':3,'times':1}");
    calling.fault("{'fault':'drift','delete':5,'times':1}");
    List<String> before = numbers();

    List<String> read = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      read.addAll(calling.get(PAGE + 50 * i).all("PersonNumber"));
    }

    Set<String> distinct = new HashSet<>(read);
    assertThat(read).hasSizeGreaterThan(distinct.size());
    List<String> after = numbers();
    assertThat(after).hasSize(198);
    List<String> missed = new ArrayList<>(after);
    missed.retainAll(before);
    missed.removeAll(distinct);
    assertThat(missed).isNotEmpty();
    JsonNode requests = calling.control.get("requests");
    assertThat(requests.path(0).path("changes").path(0).path("act").asString()).isEqualTo("drift");
  }

  @Test
  void aPersonInsertedByHandSortsBeforeOthers() {
    JsonNode told = calling.control.post("hcm/drift", "{'insert':1,'delete':1}");

    assertThat(told.path("people").size()).isEqualTo(2);
    assertThat(told.path("total").asInt()).isEqualTo(200);
    String made = told.path("people").path(0).asString();
    assertThat(numbers().getLast()).isNotEqualTo(made);
  }

  @Test
  void aPageCanEndEarlyInEveryWay() {
    calling.fault("{'fault':'shortPage'}");
    Answer few = calling.get(PAGE + 0);
    assertThat(few.items()).hasSize(25);
    assertThat(few.json().path("hasMore").asBoolean()).isTrue();

    calling.fault("{'fault':'falseEnd'}");
    Answer end = calling.get(PAGE + 0);
    assertThat(end.items()).hasSize(50);
    assertThat(end.json().path("hasMore").asBoolean()).isFalse();

    calling.fault("{'fault':'missingNext'}");
    Answer unlinked = calling.get(PAGE + 0);
    assertThat(unlinked.link("next")).isEmpty();
    assertThat(unlinked.json().path("hasMore").asBoolean()).isTrue();

    calling.fault("{'fault':'empty'}");
    Answer empty = calling.get(PAGE + 0);
    assertThat(empty.status()).isEqualTo(200);
    assertThat(empty.items()).isEmpty();
    assertThat(empty.json().path("hasMore").asBoolean()).isFalse();

    calling.fault("{'fault':'emptyBody'}");
    assertThat(calling.get(PAGE + 0).text()).isEmpty();

    calling.fault("{'fault':'cutJson'}");
    assertThat(readable(calling.get(PAGE + 0))).isFalse();

    calling.fault("{'fault':'halfBody'}");
    assertThatThrownBy(() -> calling.get(PAGE + 0)).isInstanceOf(UncheckedIOException.class);

    // The client asks again by itself when nothing came.
    calling.fault("{'fault':'dropped','times':50}");
    assertThatThrownBy(() -> calling.get(PAGE + 0)).isInstanceOf(UncheckedIOException.class);
    calling.fault("{'clear':true}");

    assertThat(calling.get(PAGE + 0).items()).hasSize(50);
  }

  @Test
  void theServiceRefusesInItsOwnWordsOrInThoseOfWhatStandsBeforeIt() {
    calling.fault("{'fault':'tooMany','millis':1500}");
    Answer many = calling.get(PAGE + 0);
    assertThat(many.status()).isEqualTo(429);
    assertThat(many.headers().firstValue("retry-after")).contains("2");

    calling.fault("{'fault':'tooMany'}");
    assertThat(calling.get(PAGE + 0).headers().firstValue("retry-after")).isEmpty();

    calling.fault("{'fault':'unavailable'}");
    Answer down = calling.get(PAGE + 0);
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.text()).startsWith("<html>");

    calling.fault("{'fault':'maintenance'}");
    Answer maintained = calling.get(PAGE + 0);
    assertThat(maintained.status()).isEqualTo(200);
    assertThat(maintained.headers().firstValue("content-type")).contains("text/html");

    calling.fault("{'fault':'serverError'}");
    assertThat(calling.get(PAGE + 0).status()).isEqualTo(500);

    calling.fault("{'fault':'expiredToken'}");
    assertThat(calling.get(PAGE + 0).status()).isEqualTo(401);

    calling.fault("{'fault':'forbidden'}");
    assertThat(calling.get(PAGE + 0).status()).isEqualTo(403);
  }

  @Test
  void aFaultHitsTheReadsItIsMeantFor() {
    calling.fault("{'fault':'serverError','resource':'locations','skip':1,'times':2}");

    assertThat(calling.get("workers").status()).isEqualTo(200);
    assertThat(calling.get("locations").status()).isEqualTo(200);
    assertThat(calling.get("locations").status()).isEqualTo(500);
    assertThat(calling.get("locations").status()).isEqualTo(500);
    assertThat(calling.get("locations").status()).isEqualTo(200);
    assertThat(calling.control.get("state").path("faults").size()).isZero();
  }

  @Test
  void aStaleAnswerShowsPeopleAsTheyWere() {
    calling.fault("{'fault':'stale','times':1}");
    calling.control.post("hcm/delete", "{'people':50}");

    assertThat(calling.get(PAGE + 150).items()).hasSize(50);
    assertThat(calling.get(PAGE + 150).items()).isEmpty();
  }

  @Test
  void theLedgerKeepsEveryCallWithItsAnswerAndNoSecret() {
    calling.get("workers?limit=3");
    calling.get("nothing");

    JsonNode requests = calling.control.get("requests");

    assertThat(requests.size()).isEqualTo(2);
    assertThat(requests.path(0).path("caller").asString()).isEqualTo("user");
    assertThat(requests.path(0).path("version").asString()).isEqualTo("4");
    assertThat(requests.path(0).path("answer").path("rows").asInt()).isEqualTo(3);
    assertThat(requests.path(1).path("answer").path("status").asInt()).isEqualTo(404);
    assertThat(requests.toString()).doesNotContain("word").doesNotContain("Basic");
    assertThat(calling.control.get("requests?after=1").size()).isEqualTo(1);
  }

  private List<String> numbers() {
    return calling
        .control
        .get("hcm/people?count=1000")
        .valueStream()
        .map(one -> one.path("personNumber").asString())
        .toList();
  }
}
