package dev.rollcall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import dev.rollcall.event.Claims;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.Finish;
import dev.rollcall.event.Lines;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What people ask for becomes events; what is finished stays as it was. */
class RequestsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final SubjectKey KEVIN = new SubjectKey("campus", "kevin");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(NOON);
  private final Events events = new Events(database.jdbc(), clock);
  private final EventLookup lookup = new EventLookup(database.jdbc(), clock);
  private final Audit audit = new Audit(database.jdbc(), clock, new JsonMapper());
  private final AtomicInteger wokenUp = new AtomicInteger();
  private final Requests requests =
      new Requests(database, events, lookup, audit, clock, wokenUp::incrementAndGet);

  private long waiting() {
    return database.inTransaction(() ->
        events.append(
            NewEvent.now("campus", KEVIN, Cause.MESSAGE, Priority.NORMAL, clock.instant())));
  }

  private long failed() {
    long id = waiting();
    claim();
    database.inTransaction(() ->
        events.finish(
            List.of(new Finish(id, EventStatus.ERROR, 1, NOON, "refused", ErrorKind.INVALID))));
    return id;
  }

  private void claim() {
    assertThat(
            new Claims(database.jdbc(), clock, "test", Duration.ofMinutes(1)).claim("campus", 10))
        .isPresent();
  }

  @Test
  void aRetryIsANewEventAndItsParentStaysAsItWas() {
    long parent = failed();
    SyncEvent before = lookup.byId(parent).orElseThrow();

    SyncEvent retry = requests.retry(parent, "ann");

    assertThat(retry.parent()).isEqualTo(parent);
    assertThat(retry.cause()).isEqualTo(Cause.RETRY);
    assertThat(retry.priority()).isEqualTo(Priority.INTERACTIVE);
    assertThat(retry.status()).isEqualTo(EventStatus.NEW);
    assertThat(retry.attempt()).isZero();
    assertThat(lookup.byId(parent)).contains(before);
    assertThat(lookup.followUps(parent)).containsExactly(retry);
    assertThat(audit.ofEvent(retry.id()).getFirst().entry()).containsEntry("by", "ann");
    assertThat(wokenUp).hasValue(1);
  }

  @Test
  void anEventThatWillBeWorkedAnywayIsNotRetried() {
    long id = waiting();
    assertThatThrownBy(() -> requests.retry(id, "ann"))
        .isInstanceOfSatisfying(
            Requests.RefusedRequest.class, refused -> assertThat(refused.unknown()).isFalse())
        .hasMessage("Event " + id + " is NEW: it will be worked anyway");
    claim();
    assertThatThrownBy(() -> requests.retry(id, "ann")).hasMessageContaining("is QUE");

    assertThat(lookup.find(new EventLookup.Filter(null, null, null, 10))).hasSize(1);
  }

  @Test
  void anUnknownEventIsNotRetried() {
    assertThatThrownBy(() -> requests.retry(99, "ann"))
        .isInstanceOfSatisfying(
            Requests.RefusedRequest.class, refused -> assertThat(refused.unknown()).isTrue())
        .hasMessage("There is no event 99");
  }

  @Test
  void twoRetriesOfOneEventAreWorkedOnce() {
    long parent = failed();
    SyncEvent first = requests.retry(parent, "ann");
    SyncEvent second = requests.retry(parent, "bob");

    assertThat(lookup.byId(first.id()).orElseThrow().status()).isEqualTo(EventStatus.CANCELLED);
    assertThat(second.status()).isEqualTo(EventStatus.NEW);
  }

  @Test
  void aResyncIsOneEventForEachSubjectWithWhoAskedForIt() {
    List<SubjectKey> everybody = List.of(KEVIN, new SubjectKey("campus", "lisa"));
    List<Long> ids = requests.resync("campus", everybody, Priority.BULK, "ann");

    assertThat(ids).hasSize(2);
    for (long id : ids) {
      SyncEvent event = lookup.byId(id).orElseThrow();
      assertThat(event.cause()).isEqualTo(Cause.RESYNC);
      assertThat(event.priority()).isEqualTo(Priority.BULK);
      assertThat(audit.ofEvent(id).getFirst().entry())
          .containsEntry("by", "ann")
          .containsEntry("cause", "RESYNC");
    }
    assertThat(requests.resync("campus", List.of(), Priority.BULK, "ann")).isEmpty();
  }

  @Test
  void aResyncInBulkDoesNotSlowDownALeaver() {
    database.inTransaction(
        () -> events.append(NewEvent.now("campus", KEVIN, Cause.MESSAGE, Priority.LEAVER, NOON)));
    long id = requests.resync("campus", List.of(KEVIN), Priority.BULK, "ann").getFirst();

    assertThat(lookup.byId(id).orElseThrow().priority()).isEqualTo(Priority.LEAVER);
  }

  /** Lines of as many people that ended as errors. */
  private List<Lines.Shown> failedLines(String... actions) {
    Lines lines = new Lines(database.jdbc(), clock);
    for (int i = 0; i < actions.length; i++) {
      SubjectKey subject = new SubjectKey("hr", "U" + i);
      Line line = new Line(new Line.Key("B1", i + 1), subject, actions[i], null, null);
      database.inTransaction(() -> {
        long event =
            events.append(
                NewEvent.now("hr-to-okta", subject, Cause.REQUEST, Priority.NORMAL, NOON)
                    .decided(EventStatus.ERROR, "refused"));
        lines.append("hr-to-okta", List.of(new Lines.Fresh(line, 1, event)));
        lines.finish(
            lines.open("hr-to-okta", subject).getFirst().id(),
            event,
            LineStatus.ERR,
            "refused",
            null);
      });
    }
    return lines
        .list(new Lines.Filter("hr-to-okta", LineStatus.ERR, "B1", null, null, null, 10))
        .reversed();
  }

  private List<Priority> priorities(List<Long> events) {
    return events.stream().map(id -> lookup.byId(id).orElseThrow().priority()).toList();
  }

  @Test
  void aBatchThatIsTriedAgainDoesNotPassWhoeverWaitsButItsLeaversDo() {
    List<Lines.Shown> failed = failedLines("CR8A", "USRD", "GRPA");

    assertThat(priorities(requests.retryLines(failed, "ann")))
        .containsExactly(Priority.NORMAL, Priority.LEAVER, Priority.NORMAL);
  }

  @Test
  void aSingleLineIsWaitedForAndOneThatEndsAccessIsALeaver() {
    List<Lines.Shown> failed = failedLines("CR8A", "USRD", "USRD");

    assertThat(priorities(requests.retryLines(failed.subList(0, 1), "ann")))
        .containsExactly(Priority.INTERACTIVE);
    assertThat(priorities(requests.retryLines(failed.subList(1, 2), "ann")))
        .containsExactly(Priority.LEAVER);
    assertThat(requests.retry(failed.getLast().event(), "ann").priority())
        .isEqualTo(Priority.LEAVER);
  }

  @Test
  void aLineIsTakenUpAgainOnceAndWhoComesLaterIsRefused() {
    List<Lines.Shown> failed = failedLines("CR8A", "GRPA");
    requests.retryLines(failed.subList(0, 1), "ann");
    long before = lookup.find(new EventLookup.Filter(null, null, null, 10)).size();

    assertThatThrownBy(() -> requests.retryLines(failed.subList(0, 1), "bob"))
        .isInstanceOfSatisfying(
            Requests.RefusedRequest.class, refused -> assertThat(refused.unknown()).isFalse());
    assertThat(lookup.find(new EventLookup.Filter(null, null, null, 10))).hasSize((int) before);
    assertThat(requests.retryLines(failed, "bob")).as("only the other one").hasSize(1);
  }
}
