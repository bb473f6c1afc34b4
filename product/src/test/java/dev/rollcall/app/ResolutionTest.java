package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.intake.Resolutions.Waiting;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is suspended is decided by a person, and done as decided, through the real engine. */
class ResolutionTest {

  private static final String YAML = WholePath.YAML + "    matchAlso: campus_id\n";
  private static final String ADA = "0000000001";
  private static final String BOB = "0000000002";

  private static CampusMessages person(String emplid, String campusId) {
    return CampusMessages.added(emplid)
        .name("A", "PRI", "2020-01-01", "Ada", "Lovelace")
        .row("PERSON_SA", "A", "<CAMPUS_ID>" + campusId + "</CAMPUS_ID>");
  }

  /** An identity that somebody else made. */
  private static String identity(WholePath path, String login, String campusId) {
    return path.database
        .jdbc()
        .sql(
            """
            insert into identity (login, status, attributes, created_at, changed_at)
            values (:login, 'ENABLED', jsonb_build_object('campus_id', :id, 'first_name', 'Augusta',
              'last_name', 'Lovelace'), now(), now())
            returning id::text
            """)
        .param("login", login)
        .param("id", campusId)
        .query(String.class)
        .single();
  }

  private static List<Waiting> waiting(WholePath path) {
    return path.parts.resolutions().waiting(null, 0, 100);
  }

  /** Two accounts have the campus id of somebody new. */
  private static long suspended(WholePath path) {
    path.send(person(ADA, "C1"));
    path.settle();
    SyncEvent event = path.events(ADA).getLast();
    assertThat(event.status()).isEqualTo(SUSPENDED);
    return event.id();
  }

  private static SyncEvent resolved(WholePath path, long event, String account) {
    long followUp = path.parts.resolutions().resolve(event, account, "phoned her", "anna").id();
    path.settle();
    return path.parts.lookup().byId(followUp).orElseThrow();
  }

  private static SyncEvent resolvedAsNew(WholePath path, long event) {
    long followUp = path.parts.resolutions().resolve(event, null, "phoned her", "anna").id();
    path.settle();
    return path.parts.lookup().byId(followUp).orElseThrow();
  }

  @Test
  void whatWaitsTellsWhatAgreesAndWhatContradictsOfEachCandidate() {
    try (WholePath path = new WholePath(YAML)) {
      String one = identity(path, "one", "C1");
      identity(path, "two", "C1");
      long event = suspended(path);
      assertThat(waiting(path)).hasSize(1);
      Waiting waiting = waiting(path).getFirst();
      assertThat(waiting.event().id()).isEqualTo(event);
      assertThat(waiting.candidates()).hasSize(2);
      Map<String, Object> first = waiting.candidates().getFirst();
      assertThat(first).containsEntry("id", one).containsEntry("rule", "campus_id");
      assertThat(first.get("agree"))
          .asString()
          .contains("attribute=campus_id, value=C1", "attribute=last_name, value=Lovelace");
      assertThat(first.get("conflict"))
          .asString()
          .contains(
              "attribute=login, wanted=0000000001, found=one",
              "attribute=first_name, wanted=Ada, found=Augusta");
    }
  }

  @Test
  void theDecidedAccountIsLinkedAndTheAuditSaysWhoAndWhy() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      String two = identity(path, "two", "C1");
      long event = suspended(path);
      SyncEvent followUp = resolved(path, event, two);
      assertThat(followUp.cause()).isEqualTo(Cause.RESOLVED);
      assertThat(followUp.parent()).isEqualTo(event);
      assertThat(followUp.status()).isEqualTo(COMPLETED);
      assertThat(path.account(ADA).orElseThrow().id()).isEqualTo(two);
      assertThat(path.value(ADA, "first_name")).isEqualTo("Ada");
      assertThat(waiting(path)).isEmpty();
      assertThat(path.parts.audit().ofEvent(followUp.id()))
          .anySatisfy(step -> {
            assertThat(step.kind()).isEqualTo("decided");
            assertThat(step.entry())
                .containsEntry("by", "anna")
                .containsEntry("why", "phoned her")
                .containsEntry("link", two);
          })
          .anySatisfy(step ->
              assertThat(step.entry().get("match"))
                  .asString()
                  .contains("as anna decided: phoned her"));
      path.send(CampusMessages.changed(ADA).email("A", "CAMP", "ada@campus.example"));
      path.settle();
      assertThat(path.value(ADA, "email")).isEqualTo("ada@campus.example");
    }
  }

  @Test
  void aNewAccountIsMadeAlthoughOthersHaveTheSecondAttribute() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      identity(path, "two", "C1");
      SyncEvent followUp = resolvedAsNew(path, suspended(path));
      assertThat(followUp.status()).isEqualTo(COMPLETED);
      assertThat(path.value(ADA, "login")).isEqualTo(ADA);
      assertThat(path.value(ADA, "campus_id")).isEqualTo("C1");
    }
  }

  @Test
  void aNewAccountIsNeverASecondOneWithTheSameLogin() {
    try (WholePath path = new WholePath(YAML)) {
      String same = identity(path, ADA, "C9");
      identity(path, "two", "C1");
      SyncEvent followUp = resolvedAsNew(path, suspended(path));
      assertThat(followUp.status()).isEqualTo(SUSPENDED);
      assertThat(followUp.reason())
          .isEqualTo(
              "anna decided on a new account, but account %s has login %s; decide again"
                  .formatted(same, ADA));
      assertThat(path.account(ADA)).isEmpty();
      assertThat(waiting(path)).extracting(one -> one.event().id()).containsExactly(followUp.id());
      assertThat(resolved(path, followUp.id(), same).status()).isEqualTo(COMPLETED);
      assertThat(path.account(ADA).orElseThrow().id()).isEqualTo(same);
    }
  }

  @Test
  void anAccountThatIsSomebodyElsesByThenIsNotLinked() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      String two = identity(path, "two", "C1");
      long event = suspended(path);
      path.parts.engine().close();
      long followUp = path.parts.resolutions().resolve(event, two, "phoned her", "anna").id();
      path.database
          .jdbc()
          .sql("insert into link values ('repository', 'campus', :bob, :account, now(), 1, '{}')")
          .param("bob", BOB)
          .param("account", two)
          .update();
      try (WholePath later = path.again()) {
        later.settle();
        SyncEvent done = later.parts.lookup().byId(followUp).orElseThrow();
        assertThat(done.status()).isEqualTo(SUSPENDED);
        assertThat(done.reason())
            .isEqualTo(
                "anna decided on account %s, which is linked to campus:%s by now; decide again"
                    .formatted(two, BOB));
        assertThat(later.account(ADA)).isEmpty();
        assertThat(waiting(later)).extracting(one -> one.event().id()).containsExactly(followUp);
        assertThat(waiting(later).getFirst().candidates()).hasSize(2);
      }
    }
  }

  @Test
  void anAccountThatIsGoneByThenIsNotMadeAgain() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      String two = identity(path, "two", "C1");
      long event = suspended(path);
      path.parts.engine().close();
      long followUp = path.parts.resolutions().resolve(event, two, "phoned her", "anna").id();
      path.database.jdbc().sql("delete from identity where login = 'two'").update();
      try (WholePath later = path.again()) {
        later.settle();
        SyncEvent done = later.parts.lookup().byId(followUp).orElseThrow();
        assertThat(done.status()).isEqualTo(SUSPENDED);
        assertThat(done.reason()).contains("account " + two + ", which is not there any more");
      }
    }
  }

  @Test
  void whoseLinkedAccountIsGoneGetsAnotherOnlyWhenAPersonSaysSo() {
    try (WholePath path = new WholePath(YAML)) {
      path.send(person(ADA, "C1"));
      path.settle();
      path.database.jdbc().sql("delete from identity").update();
      path.send(CampusMessages.changed(ADA).email("A", "CAMP", "ada@campus.example"));
      path.settle();
      Waiting waiting = waiting(path).getFirst();
      assertThat(waiting.event().reason()).endsWith("is gone");
      assertThat(waiting.candidates()).hasSize(1);
      assertThat(resolvedAsNew(path, waiting.event().id()).status()).isEqualTo(COMPLETED);
      assertThat(path.value(ADA, "login")).isEqualTo(ADA);
      assertThat(waiting(path)).isEmpty();
    }
  }

  @Test
  void ofTwoWhoDecideAtOnceOneWinsAndTheOtherIsToldWhoAndWhen() throws Exception {
    try (WholePath path = new WholePath(YAML)) {
      String one = identity(path, "one", "C1");
      String two = identity(path, "two", "C1");
      long event = suspended(path);
      CyclicBarrier start = new CyclicBarrier(2);
      try (ExecutorService people = Executors.newFixedThreadPool(2)) {
        List<Future<SyncEvent>> decisions =
            people.invokeAll(
                List.of(
                    deciding(path, start, event, one, "anna"),
                    deciding(path, start, event, two, "bert")));
        int won = 0;
        for (Future<SyncEvent> decision : decisions) {
          try {
            won += Objects.equals(decision.get().parent(), event) ? 1 : 0;
          } catch (ExecutionException lost) {
            assertThat(lost.getCause())
                .isInstanceOf(RefusedRequest.class)
                .hasMessageMatching(
                    "Event \\d+ was decided by (anna|bert) at 2026-11-20T12:00:00Z: account \\d+;"
                        + " event \\d+ carries it out");
          }
        }
        assertThat(won).isEqualTo(1);
      }
      path.settle();
      assertThat(path.events(ADA))
          .filteredOn(step -> step.cause() == Cause.RESOLVED)
          .extracting(SyncEvent::status)
          .containsExactly(COMPLETED);
    }
  }

  private static Callable<SyncEvent> deciding(
      WholePath path, CyclicBarrier start, long event, String account, String by) {
    return () -> {
      start.await();
      return path.parts.resolutions().resolve(event, account, "sure", by);
    };
  }

  @Test
  void aDecisionIsNotCancelledByWhatComesAfterIt() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      String two = identity(path, "two", "C1");
      long event = suspended(path);
      path.parts.engine().close();
      long followUp = path.parts.resolutions().resolve(event, two, "phoned her", "anna").id();
      path.send(CampusMessages.changed(ADA).email("A", "CAMP", "ada@campus.example"));
      path.parts.requests().retry(event, "test");
      assertThat(path.parts.lookup().byId(followUp).orElseThrow().status()).isEqualTo(NEW);
      try (WholePath later = path.again()) {
        later.settle();
        assertThat(later.parts.lookup().byId(followUp).orElseThrow().status()).isEqualTo(COMPLETED);
        assertThat(later.account(ADA).orElseThrow().id()).isEqualTo(two);
        assertThat(later.value(ADA, "email")).isEqualTo("ada@campus.example");
        assertThat(later.events(ADA))
            .extracting(SyncEvent::status)
            .doesNotContain(EventStatus.ERROR);
      }
    }
  }

  @Test
  void aDecisionThatFailedIsStillTheOneThatIsTriedAgain() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      String two = identity(path, "two", "C1");
      SyncEvent followUp = resolved(path, suspended(path), two);
      path.database.jdbc().sql("delete from link").update();
      for (int again = 0; again < 2; again++) {
        long retry = path.parts.requests().retry(followUp.id(), "test").id();
        path.settle();
        followUp = path.parts.lookup().byId(retry).orElseThrow();
        assertThat(followUp.status()).isEqualTo(COMPLETED);
      }
      assertThat(path.account(ADA).orElseThrow().id()).isEqualTo(two);
    }
  }

  @Test
  void whatWasSettledOrNeverSuspendedCannotBeDecided() {
    try (WholePath path = new WholePath(YAML)) {
      String one = identity(path, "one", "C1");
      identity(path, "two", "C1");
      long event = suspended(path);
      path.send(CampusMessages.changed(ADA).row("PERSON_SA", "C", "<CAMPUS_ID>C2</CAMPUS_ID>"));
      path.settle();
      assertThat(path.events(ADA).getLast().status()).isEqualTo(COMPLETED);
      assertThat(waiting(path)).isEmpty();
      assertThatThrownBy(() -> path.parts.resolutions().resolve(event, one, "sure", "anna"))
          .isInstanceOf(RefusedRequest.class)
          .hasMessageContaining("does not wait any more");
      long done = path.events(ADA).getLast().id();
      assertThatThrownBy(() -> path.parts.resolutions().resolve(done, one, "sure", "anna"))
          .hasMessageContaining("only a suspended event can be decided");
      assertThatThrownBy(() -> path.parts.resolutions().resolve(-1, one, "sure", "anna"))
          .hasMessageContaining("There is no event -1");
    }
  }

  @Test
  void onlyAnAccountThatIsThereAndNobodyElsesCanBeDecidedOn() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      identity(path, "two", "C1");
      path.send(person(BOB, "C5"));
      long event = suspended(path);
      for (String nothing : List.of("999999", "abc", "-1", "99999999999999999999")) {
        assertThatThrownBy(() -> path.parts.resolutions().resolve(event, nothing, "sure", "anna"))
            .hasMessage("There is no account " + nothing + " to link");
      }
      String bobs = String.valueOf(path.account(BOB).orElseThrow().id());
      assertThatThrownBy(() -> path.parts.resolutions().resolve(event, bobs, "sure", "anna"))
          .hasMessage("Account " + bobs + " is linked to campus:" + BOB);
      assertThat(waiting(path)).hasSize(1);
    }
  }

  @Test
  void ofOneSubjectOnlyTheLastWaitsAndPagesGoOnAfterAnEvent() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      identity(path, "two", "C1");
      long first = suspended(path);
      long second = path.parts.requests().retry(first, "test").id();
      path.settle();
      path.send(person(BOB, "C1"));
      path.settle();
      List<Long> all = waiting(path).stream().map(one -> one.event().id()).toList();
      assertThat(all).hasSize(2).startsWith(second).doesNotContain(first);
      assertThat(path.parts.resolutions().waiting("campus", 0, 1))
          .extracting(one -> one.event().id())
          .containsExactly(second);
      assertThat(path.parts.resolutions().waiting("campus", second, 10))
          .extracting(one -> one.event().id())
          .containsExactly(all.getLast());
      assertThat(path.parts.resolutions().waiting("other", 0, 10)).isEmpty();
    }
  }
}
