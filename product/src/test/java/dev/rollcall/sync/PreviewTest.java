package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.link.Links;
import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What would be done is said, and not done. */
class PreviewTest {

  private final WorkerRoom room = new WorkerRoom();
  private final RecordingTarget untouched = new RecordingTarget(room.repository);

  private Instance instance(InstanceState state) {
    return room.instance(state, untouched);
  }

  private String account(String login) {
    return room.repository
        .apply(
            List.of(
                new Application(
                    WorkerRoom.subject(login),
                    null,
                    new Account(null, Status.ENABLED, Map.of(), List.of()),
                    List.of(new Change.Create(login, "test")))))
        .getFirst()
        .accountId();
  }

  private Set<String> everything() {
    Set<String> rows = new TreeSet<>();
    for (String table : List.of("event", "link", "audit", "identity", "identity_affiliation")) {
      room.database
          .jdbc()
          .sql("select '%s ' || to_jsonb(t)::text from %s t".formatted(table, table))
          .query((row, number) -> rows.add(row.getString(1)))
          .list();
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(InstanceState.class)
  void onePersonsChangesAreToldInEveryStateAndNothingIsWritten(InstanceState state) {
    SubjectKey zoe = room.student("zoe", "2027-06-30");
    room.states.start(WorkerRoom.CAMPUS, state);
    Set<String> before = everything();
    Previewed told = room.preview.of(instance(state), zoe).orElseThrow();

    assertThat(told.outcome()).isEqualTo("created");
    assertThat(told.match()).containsEntry("kind", "none");
    assertThat(told.changes())
        .allSatisfy(change ->
            assertThat(change)
                .containsKeys("change", "attribute", "before", "after", "rule", "reason"))
        .extracting(change -> change.get("change"))
        .contains("Create", "PutAffiliation");
    assertThat(untouched.written).isEmpty();
    assertThat(everything()).isEqualTo(before);
    assertThat(room.preview.of(instance(state), WorkerRoom.subject("nobody"))).isEmpty();
  }

  @Test
  void everybodyIsCountedByMatchAndByChangeInPartsOfAClaim() {
    for (int i = 0; i < 1_203; i++) {
      room.person("p%04d".formatted(i));
    }
    room.mailed("p0000", "p@campus.example");
    account("p0001");
    account("p0002");
    room.message(WorkerRoom.subject("p0003"));
    room.work();
    room.source.reads.clear();
    Set<String> before = everything();
    List<String> people = new ArrayList<>();
    PreviewTally tally =
        room.preview.all(instance(InstanceState.ON), one -> people.add(one.subject().id()));

    assertThat(tally.people()).isEqualTo(1_203);
    assertThat(tally.matches())
        .isEqualTo(Map.of("linked", 1L, "unique", 2L, "none", 1_200L, "ambiguous", 0L));
    assertThat(tally.outcomes())
        .isEqualTo(Map.of("created", 1_200L, "linked", 2L, "unchanged", 1L));
    assertThat(tally.changes())
        .contains(
            new PreviewTally.Counted("Create", "login", 1_200),
            new PreviewTally.Counted("Update", "email", 1));
    assertThat(people).hasSize(1_203).isSorted();
    assertThat(room.source.reads).containsExactly(500, 500, 203);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aPersonWhoseFactsAreBrokenIsCountedAndTheOthersAreTold() {
    room.person("good");
    room.source.broken.add(room.person("bad"));
    PreviewTally tally = room.preview.all(instance(InstanceState.ON), one -> {});
    assertThat(tally.outcomes()).isEqualTo(Map.of("created", 1L, "failed", 1L));
  }

  @Test
  void aSourceThatIsAwayIsNotTakenForAnEmptyOne() {
    room.person("zoe");
    room.source.failure = new ConnectorException(ErrorKind.UNAVAILABLE, "away", null);
    assertThatThrownBy(() -> room.preview.all(instance(InstanceState.ON), one -> {}))
        .isInstanceOf(ConnectorException.class);
  }

  @Test
  void adoptionLinksWhoHasExactlyOneAccountAndWritesNoAccount() {
    SubjectKey one = room.person("one");
    SubjectKey none = room.person("none");
    SubjectKey several = room.person("several");
    String account = account("one");
    room.target.foundInstead.put(
        several,
        List.of(
            new Account(account("s1"), Status.ENABLED, Map.of(), List.of()),
            new Account(account("s2"), Status.ENABLED, Map.of(), List.of())));
    RecordingTarget target = new RecordingTarget(room.target);
    Adoption.Adopted adopted =
        room.adoption.link(room.instance(InstanceState.PREVIEW, target), "ada", "first day");

    assertThat(adopted.before().matches())
        .isEqualTo(Map.of("linked", 0L, "unique", 1L, "none", 1L, "ambiguous", 1L));
    assertThat(adopted.linked()).isEqualTo(1);
    assertThat(adopted.failed()).isZero();
    assertThat(target.written).isEmpty();
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(one, none, several)))
        .isEqualTo(Map.of(one, account));
    var event = room.of(one).getLast();
    assertThat(event.status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(event.reason()).contains("linked for ada", "only account");
    assertThat(room.audit.ofEvent(event.id()).getFirst().entry())
        .containsEntry("by", "ada")
        .containsEntry("why", "first day")
        .containsEntry("action", "link");
    assertThat(room.of(none)).isEmpty();

    Adoption.Adopted again =
        room.adoption.link(room.instance(InstanceState.PREVIEW, target), "ada", null);
    assertThat(again.before().matches()).containsEntry("linked", 1L).containsEntry("unique", 0L);
    assertThat(again.linked()).isZero();
  }

  @Test
  void whoseAccountIsTakenMeanwhileIsCountedAndTheOthersAreLinked() {
    SubjectKey one = room.person("one");
    SubjectKey two = room.person("two");
    account("one");
    String taken = account("two");
    AtomicBoolean quicker = new AtomicBoolean();
    Clock whenItLinks =
        new WatchedClock(() -> {
          if (quicker.compareAndSet(false, true)) {
            CompletableFuture.runAsync(() -> link("three", taken)).join();
          }
          return WorkerRoom.NOON;
        });
    Adoption adoption =
        new Adoption(room.database, room.events, room.links, room.audit, room.preview, whenItLinks);
    Adoption.Adopted adopted = adoption.link(instance(InstanceState.ON), "ada", null);
    assertThat(adopted.linked()).isEqualTo(1);
    assertThat(adopted.failed()).isEqualTo(1);
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(one, two))).containsOnlyKeys(one);
    assertThat(room.of(two)).isEmpty();
  }

  private void link(String id, String account) {
    room.links.put(
        WorkerRoom.TARGET,
        List.of(new Links.Applied(WorkerRoom.subject(id), account, 1, Map.of())));
  }

  /** A clock at which something happens when it is looked at. */
  private static final class WatchedClock extends Clock {
    private final Supplier<Instant> look;

    WatchedClock(Supplier<Instant> look) {
      this.look = look;
    }

    @Override
    public Instant instant() {
      return look.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
