package dev.rollcall.connector.oraclehcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmRun.Quarantined;
import dev.rollcall.connector.oraclehcm.HcmRun.State;
import dev.rollcall.connector.oraclehcm.HcmSettings.Filter;
import dev.rollcall.connector.oraclehcm.HcmSettings.Reader;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.PolledSource.Changed;
import dev.rollcall.testing.SharedDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs over all people: who is told of, and when nobody is. */
class RunTest {

  private final Pod pod = new Pod(SharedDatabase.emptied());

  @AfterEach
  void close() throws IOException {
    pod.close();
  }

  private static long id(int number) {
    return Workers.FIRST + number;
  }

  private void people(int number) {
    for (int i = 0; i < number; i++) {
      pod.add(id(i), pod.settings.reader(), "Number" + i, null);
    }
  }

  private static List<Long> ids(int number) {
    return LongStream.range(Workers.FIRST, Workers.FIRST + number).boxed().toList();
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void everybodyIsToldOfOnceAndThenWhoChanged(Reader reader) {
    pod.with(reader, 4, 2, 0);
    people(11);
    assertThat(pod.ids()).containsExactlyElementsOf(ids(11));
    assertThat(pod.lastRun().read()).isEqualTo(11);
    assertThat(pod.lastRun().changed()).isEqualTo(11);
    assertThat(pod.lastRun().state()).isEqualTo(State.COMPLETE);
    assertThat(pod.ids()).isEmpty();
    pod.add(id(5), reader, "Married", null);
    assertThat(pod.ids()).containsExactly(id(5));
    assertThat(pod.lastRun().changed()).isEqualTo(1);
    assertThat(pod.source(Kind.ACTIVE).known(Long.toString(id(8)), 10))
        .containsExactly(pod.subject(id(9)), pod.subject(id(10)));
  }

  @Test
  void aCallSaysWhatTheFactsSay() {
    people(1);
    pod.ids();
    FakeHcm.Sent sent = pod.hcm.sent("workers").getFirst();
    assertThat(sent.headers()).containsEntry("rest-framework-version", "4");
    assertThat(sent.query())
        .containsEntry("onlyData", "true")
        .containsEntry("orderBy", "PersonId:asc")
        .containsEntry("effectiveDate", "2026-10-01")
        .containsEntry("limit", "200")
        .containsKey("expand")
        .doesNotContainKeys("fields", "q", "totalResults");
    assertThat(sent.path()).contains("/hcmRestApi/resources/11.13.18.05/workers");
    pod.with(Reader.EMPS, 600, 30, 0);
    pod.add(id(0), Reader.EMPS, "One", null);
    pod.ids();
    FakeHcm.Sent flat = pod.hcm.sent("emps").getFirst();
    assertThat(flat.headers()).containsEntry("rest-framework-version", "2");
    assertThat(flat.query())
        .containsEntry("limit", "499")
        .containsKey("fields")
        .doesNotContainKey("expand");
    assertThat(flat.query().get("fields")).doesNotContain("National", "Passport", "Religion");
  }

  @Test
  void aPageMayBeSmallerThanWasAskedForAndMoreIsNotBelieved() {
    pod.with(Reader.WORKERS, 10, 2, 0);
    pod.hcm.cap = 5;
    pod.hcm.liesAboutMore = true;
    people(17);
    assertThat(pod.ids()).containsExactlyElementsOf(ids(17));
  }

  @Test
  void aPageThatBreaksOffIsReadInHalvesAndOneRowIsLeftOut() {
    pod.with(Reader.WORKERS, 8, 2, 0);
    people(20);
    pod.hcm.broken.add(id(11));
    assertThat(pod.ids()).hasSize(19).doesNotContain(id(11));
    assertThat(pod.lastRun().state()).isEqualTo(State.COMPLETE);
    assertThat(pod.lastRun().quarantined()).isEqualTo(1);
    List<Quarantined> rows = pod.stage.quarantined(10);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().personId()).isEqualTo(Long.toString(id(11)));
    assertThat(rows.getFirst().position()).isEqualTo(11);
    assertThat(rows.getFirst().reason()).contains("JSON that breaks off");
    pod.hcm.broken.clear();
    assertThat(pod.ids()).containsExactly(id(11));
  }

  @Test
  void withTooManyRowsThatCannotBeUsedNobodyIsToldOf() {
    pod.with(Reader.WORKERS, 8, 2, 0);
    people(20);
    for (int i = 2; i < 12; i += 2) {
      pod.hcm.broken.add(id(i));
    }
    assertThatThrownBy(pod::ids)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("cannot be");
    assertThat(pod.lastRun().state()).isEqualTo(State.FAILED);
    pod.hcm.broken.clear();
    assertThat(pod.ids()).containsExactlyInAnyOrderElementsOf(ids(20));
  }

  @Test
  void aPageOfHtmlIsNotNobody() {
    people(3);
    assertThat(pod.ids()).hasSize(3);
    pod.hcm.html = true;
    assertThatThrownBy(pod::ids)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("a page of HTML")
        .satisfies(
            e -> assertThat(((ConnectorException) e).kind()).isEqualTo(ErrorKind.UNREADABLE));
    assertThat(pod.lastRun().state()).isEqualTo(State.FAILED);
  }

  @Test
  void laterIsWaitedForAsLongAsIsSaidAndNotForever() {
    people(2);
    FakeHcm.Fault later = new FakeHcm.Fault(429, "slow down", Map.of("Retry-After", "7"));
    FakeHcm.Fault away = new FakeHcm.Fault(503, "<html>", Map.of());
    pod.hcm.fail(later, away);
    assertThat(pod.ids()).hasSize(2);
    assertThat(pod.pauses).hasSize(2);
    assertThat(pod.pauses.getFirst()).isEqualTo(Duration.ofSeconds(7));
    assertThat(pod.pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
    pod.pauses.clear();
    pod.hcm.fail(new FakeHcm.Fault(429, "", Map.of("Retry-After", "3600")));
    assertThatThrownBy(pod::ids).isInstanceOf(ConnectorException.class);
    assertThat(pod.pauses).isEmpty();
    pod.hcm.fail(away, away, away, away, away);
    assertThatThrownBy(pod::ids)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("HTTP 503");
    assertThat(pod.pauses).hasSize(4);
  }

  @Test
  void aRunThatBreaksOffTellsOfNobodyAndTheNextOneTellsOfAll() {
    pod.with(Reader.WORKERS, 4, 2, 0);
    people(12);
    FakeHcm.Fault away = new FakeHcm.Fault(503, "", Map.of());
    int[] pages = {0};
    pod.hcm.between =
        () -> {
          if (++pages[0] == 3) {
            pod.hcm.fail(away, away, away);
          }
        };
    assertThatThrownBy(pod::poll).isInstanceOf(ConnectorException.class);
    assertThat(pod.lastRun().state()).isEqualTo(State.INCOMPLETE);
    assertThat(pod.lastRun().read()).isPositive();
    assertThat(pod.ids()).containsExactlyElementsOf(ids(12));
  }

  @Test
  void muchFewerPeopleThanTheLastTimeAreNotBelieved() {
    people(10);
    assertThat(pod.ids()).hasSize(10);
    pod.hcm.people.tailMap(id(7)).clear();
    assertThatThrownBy(pod::ids)
        .hasMessageContaining("names 7 people, and named 10 before")
        .hasMessageContaining("collapsePercent");
    assertThat(pod.lastRun().state()).isEqualTo(State.FAILED);
    pod.hcm.people.clear();
    assertThatThrownBy(pod::ids).hasMessageContaining("names nobody");
    people(8);
    assertThat(pod.ids()).isEmpty();
  }

  @Test
  void whoIsNotNamedAnyMoreHasNotLeft() {
    people(10);
    pod.ids();
    pod.hcm.remove(id(3));
    assertThat(pod.poll()).isEmpty();
    assertThat(pod.source(Kind.ACTIVE).fetch(List.of(pod.subject(id(3))))).hasSize(1);
  }

  @Test
  void aFilterThatCannotBeAskedByIsRefusedByNameBeforeAnythingIsRead() {
    people(1);
    pod.with(Reader.WORKERS, 10, 2, 0, new Filter("LastUpdateDate", "2026-01-01"));
    assertThatThrownBy(pod::ids)
        .hasMessageContaining("LastUpdateDate")
        .hasMessageContaining("not queryable");
    assertThat(pod.hcm.sent("workers")).isEmpty();
    assertThat(pod.hcm.sent("locations")).isEmpty();
    pod.with(Reader.WORKERS, 10, 2, 0, new Filter("PersonId", Long.toString(id(0))));
    assertThat(pod.ids()).containsExactly(id(0));
    assertThat(pod.hcm.sent("workers").getLast().query()).containsEntry("q", "PersonId = " + id(0));
  }

  @Test
  void onlyThoseCreatedLatelyAreTakenWhetherOrNotThatCanBeAsked() {
    pod.with(Reader.WORKERS, 10, 2, 5);
    people(3);
    Map<String, @Nullable Object> fresh = Workers.worker(id(9), "Fresh", null);
    fresh.put("CreationDate", "2026-09-30T10:00:00.123+00:00");
    pod.hcm.put(id(9), List.of(fresh));
    assertThat(pod.ids()).containsExactly(id(9));
    assertThat(pod.lastRun().said()).contains("cannot be asked");
    pod.hcm.queryable.add("CreationDate");
    assertThat(pod.ids()).isEmpty();
    assertThat(pod.lastRun().read()).isEqualTo(1);
    assertThat(pod.lastRun().said()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void leaversOfTheLastDaysAreToldAsLeaversAndReadAgainBeforeFactsAreGiven(Reader reader) {
    pod.with(reader, 10, 2, 0);
    people(4);
    pod.ids();
    pod.add(id(1), reader, "Number1", "2026-09-29");
    pod.add(id(2), reader, "Number2", "2026-10-01");
    pod.add(id(7), reader, "Gone", "2026-01-31");
    List<Changed> told = pod.pollLeavers();
    assertThat(told).containsExactly(new Changed(pod.subject(id(1)), true));
    pod.hcm.forget();
    assertThat(lastDay(1)).isEqualTo(new Value.Text("2026-09-29"));
    assertThat(pod.hcm.sent(reader.resource())).hasSize(1);
    // Taken back: nobody is deactivated on what the stage says.
    pod.add(id(1), reader, "Number1", null);
    assertThat(lastDay(1)).isEqualTo(new Value.Cleared());
    pod.hcm.forget();
    assertThat(lastDay(0)).isEqualTo(new Value.Cleared());
    assertThat(pod.hcm.sent()).isEmpty();
    // Whose last day is today works today; who left long ago and was never known is no news.
    assertThat(pod.ids()).containsExactlyInAnyOrder(id(1), id(2));
    assertThat(pod.source(Kind.ACTIVE).fetch(List.of(pod.subject(id(7))))).isEmpty();
  }

  @Test
  void aLeaverWhomOracleHcmDoesNotNameAnyMoreIsNotConcludedAbout() {
    people(2);
    pod.add(id(1), Reader.WORKERS, "Number1", "2026-09-29");
    pod.pollLeavers();
    pod.hcm.remove(id(1));
    assertThatThrownBy(() -> lastDay(1)).hasMessageContaining("nothing is concluded");
  }

  private @Nullable Value lastDay(int number) {
    return field(
        pod.source(Kind.ACTIVE).fetch(List.of(pod.subject(id(number)))), "terminationDate");
  }

  /** A field of the only one there is. */
  private static @Nullable Value field(Map<SubjectKey, Facts> facts, String field) {
    return Objects.requireNonNull(facts.values().iterator().next().record("WORKER"))
        .rows()
        .getFirst()
        .fields()
        .get(field);
  }

  @Test
  void whereTheLastDayCannotBeAskedByAllAreReadAndThoseInQuestionTaken() {
    pod.hcm.queryable.remove("workRelationships.TerminationDate");
    people(3);
    pod.add(id(1), Reader.WORKERS, "Number1", "2026-09-30");
    pod.add(id(2), Reader.WORKERS, "Number2", "2026-09-01");
    assertThat(pod.pollLeavers()).containsExactly(new Changed(pod.subject(id(1)), true));
    assertThat(pod.lastRun().read()).isEqualTo(3);
    assertThat(pod.lastRun().said()).contains("cannot be asked");
  }

  @Test
  void someoneIsReadNowAndWhatIsReadIsKept() {
    people(2);
    pod.ids();
    pod.add(id(0), Reader.WORKERS, "Renamed", null);
    var source = pod.source(Kind.ACTIVE);
    var subject = pod.subject(id(0));
    assertThat(field(source.fetch(List.of(subject)), "lastName"))
        .isEqualTo(new Value.Text("Number0"));
    assertThat(field(source.fetchNow(List.of(subject)), "lastName"))
        .isEqualTo(new Value.Text("Renamed"));
    assertThat(field(source.fetch(List.of(subject)), "lastName"))
        .isEqualTo(new Value.Text("Renamed"));
    assertThat(pod.ids()).containsExactly(id(0));
    assertThat(source.fetchNow(List.of(pod.subject(id(77))))).isEmpty();
    assertThat(source.environment()).contains("localhost");
  }

  @Test
  void locationsAreReadOnceARunAndWhatIsMissingIsAskedForOnce() {
    pod.with(Reader.WORKERS, 4, 2, 0);
    pod.hcm.locations.clear();
    people(9);
    assertThat(pod.ids()).hasSize(9);
    assertThat(pod.hcm.sent("locations")).hasSize(2);
    assertThat(pod.hcm.sent("locations").getLast().query())
        .containsEntry("q", "LocationId = " + Workers.HEADQUARTERS);
    var facts = pod.source(Kind.ACTIVE).fetch(List.of(pod.subject(id(0))));
    assertThat(field(facts, "locationName")).isEqualTo(new Value.Cleared());
    assertThat(field(facts, "locationId")).isEqualTo(new Value.Text("501"));
    pod.hcm.locations.put(Workers.HEADQUARTERS, "Head");
    assertThat(pod.ids()).hasSize(9);
  }

  @Test
  void aTokenIsGotBeforeItEndsAndOnceMoreWhenItIsRefused() {
    people(1);
    pod.auth(
        new HcmAuth.ClientCredentials(
            pod.hcm.url().resolve("/token"), "client", Pod.PASSWORD, "urn:hcm"));
    var source = pod.source(Kind.ACTIVE);
    var subject = List.of(pod.subject(id(0)));
    source.fetchNow(subject);
    assertThat(tokens()).isEqualTo(1);
    assertThat(pod.hcm.sent("workers").getLast().headers())
        .containsEntry("authorization", "Bearer T1");
    pod.clock.advance(Duration.ofMinutes(59));
    source.fetchNow(subject);
    assertThat(tokens()).isEqualTo(2);
    pod.hcm.fail(new FakeHcm.Fault(401, "", Map.of()));
    assertThat(source.fetchNow(subject)).hasSize(1);
    assertThat(tokens()).isEqualTo(3);
    FakeHcm.Fault refused = new FakeHcm.Fault(401, "", Map.of());
    pod.hcm.fail(refused, refused);
    assertThatThrownBy(() -> source.fetchNow(subject))
        .hasMessageContaining("credentials of the application client")
        .hasMessageNotContaining(Pod.PASSWORD);
  }

  private long tokens() {
    return pod.hcm.sent().stream().filter(one -> one.path().equals("/token")).count();
  }

  @Test
  void whatIsRefusedIsSaidWithTheWayOut() {
    people(1);
    pod.hcm.fail(
        new FakeHcm.Fault(
            403,
            "{\"title\":\"Forbidden\",\"status\":\"403\",\"o:errorDetails\":[{\"detail\":\"no privilege\",\"o:errorCode\":\"27\"}]}",
            Map.of()));
    assertThatThrownBy(pod::ids)
        .hasMessageContaining("HTTP 403: Forbidden no privilege 27")
        .hasMessageContaining("REST privilege");
    pod.hcm.fail(new FakeHcm.Fault(401, "", Map.of()));
    assertThatThrownBy(pod::ids)
        .hasMessageContaining("credentials of the user reader")
        .hasMessageNotContaining(Pod.PASSWORD);
  }

  @Test
  void aRunThatSomebodyLeftBehindYesterdayBeginsAnew() {
    pod.with(Reader.WORKERS, 4, 2, 0);
    people(9);
    var first = pod.source(Kind.ACTIVE).changes(null, 500);
    assertThat(first.more()).isTrue();
    pod.clock.advance(Duration.ofDays(1));
    var second = pod.source(Kind.ACTIVE).changes(first.checkpoint(), 500);
    assertThat(second.more()).isTrue();
    assertThat(pod.stage.runs(5))
        .extracting(HcmRun::state)
        .containsExactly(State.RUNNING, State.INCOMPLETE);
  }

  @Test
  void anEndThatIsTakenBackBetweenTheTwoPollsIsToldOfByEachOnce() {
    people(3);
    pod.ids();
    pod.add(id(1), Reader.WORKERS, "Number1", "2026-09-30");
    assertThat(pod.pollLeavers()).hasSize(1);
    assertThat(pod.pollLeavers()).isEmpty();
    assertThat(pod.poll()).isEmpty();
    pod.add(id(1), Reader.WORKERS, "Number1", null);
    assertThat(pod.poll()).containsExactly(new Changed(pod.subject(id(1)), false));
    assertThat(pod.pollLeavers()).isEmpty();
  }

  @Test
  void aCheckpointOfSomebodyElseIsRefused() {
    assertThatThrownBy(() -> pod.source(Kind.ACTIVE).changes("not ours", 5))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("checkpoint");
  }
}
