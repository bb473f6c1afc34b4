package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Priority;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.plan.identity.IdentitySettings;
import dev.rollcall.plan.identity.IdentityTypePlanner;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.NotNow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** People whose logins are made of names, in a system where others have the same name. */
final class TakenLoginTest {

  private final WorkerRoom room = new WorkerRoom();
  private final FakeOutside okta = new FakeOutside();

  private SubjectKey staff(String emplid) {
    Map<String, String> fields =
        Map.of(
            "EMPLID", emplid,
            "FIRST_NAME", "Jane",
            "LAST_NAME", "Doe",
            "EMAIL_BUSN", "j" + emplid + "@busn.example",
            "HR_STATUS", "A");
    return room.person(
        "OPR" + emplid,
        Map.of(
            "PERSON",
            WorkerRoom.rows(fields),
            "IDENTITY_TYPE",
            new RecordFacts(
                true,
                List.of(new Row(Map.of("IDENTITY_TYPE", new Value.Text("STAFF")), 0, false)))));
  }

  private void has(String id, Map<String, String> attributes) {
    Map<String, Value> values = new HashMap<>();
    attributes.forEach((name, text) -> values.put(name, new Value.Text(text)));
    okta.accounts.put(id, new Account(id, Status.ENABLED, values, Set.of(), List.of()));
  }

  private SyncEvent work(SubjectKey subject) {
    long event = room.message(subject);
    room.claims.claim(WorkerRoom.CAMPUS, 1).ifPresent(worker()::work);
    return room.event(event);
  }

  private static final CallBudget FREE =
      new CallBudget() {
        @Override
        public void acquire(String bucket, Priority priority) {}

        @Override
        public void unused(String bucket) {}

        @Override
        public void learn(Call call) {}
      };

  private Instance instance(CallBudget budget) {
    return Instance.outside(
        WorkerRoom.CAMPUS,
        "campus",
        room.source,
        new CurrentPlanner(new IdentityTypePlanner(IdentitySettings.shipped())),
        new Outside(okta, budget, 4, null, null),
        "okta",
        InstanceState.ON,
        room.zone);
  }

  private OutsideWorker worker() {
    return room.outsideWorker(instance(FREE));
  }

  private String login(String id) {
    Value login = Objects.requireNonNull(okta.accounts.get(id)).attributes().get("login");
    return login == null ? "" : String.valueOf(login.textOrNull());
  }

  @Test
  void whoHasTheNameOfAnotherIsGivenTheNextLoginAndOnlyThatIsSearchedAgain() {
    assertThat(work(staff("1")).status()).isEqualTo(EventStatus.COMPLETED);
    okta.called.clear();

    assertThat(work(staff("2")).status()).isEqualTo(EventStatus.COMPLETED);

    assertThat(login("00u1")).isEqualTo("Jane.Doe@univ.edu");
    assertThat(login("00u2")).isEqualTo("Jane.Doe2@univ.edu");
    assertThat(okta.called)
        .startsWith(
            "search [Jane.Doe@univ.edu, 2, j2@busn.example]",
            "search [Jane.Doe2@univ.edu]",
            "Create 00u2");
    okta.called.clear();
    assertThat(work(staff("2")).reason()).isEqualTo("unchanged");
    assertThat(okta.called).containsExactly("read 00u2");
  }

  @Test
  void anAccountThatSaysNothingIsNotTakenAndNotGoneAround() {
    has("00u1", Map.of("login", "Jane.Doe@univ.edu"));

    SyncEvent event = work(staff("1"));

    assertThat(event.status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(okta.called).containsExactly("search [Jane.Doe@univ.edu, 1, j1@busn.example]");
  }

  @Test
  void theirsAmongSeveralIsReadAsAWholeBeforeItIsChanged() {
    has("00u1", Map.of("login", "Jane.Doe@univ.edu", "employeeNumber", "9"));
    has("00u2", Map.of("login", "jd@univ.edu", "employeeNumber", "1"));

    assertThat(work(staff("1")).status()).isEqualTo(EventStatus.COMPLETED);

    assertThat(login("00u2")).isEqualTo("jd@univ.edu");
    assertThat(okta.called).contains("read 00u2").doesNotContain("Create 00u3");
    assertThat(room.links.find("okta", List.of(staff("1")))).containsValue("00u2");
  }

  @Test
  void whoIsMadeAtTheSameMomentByAnotherIsGivenTheNextLoginTheSecondTime() {
    okta.before =
        what -> {
          if (what.startsWith("Create") && okta.accounts.isEmpty()) {
            has("00u9", Map.of("login", "Jane.Doe@univ.edu", "employeeNumber", "9"));
            throw new ConnectorException(ErrorKind.CONFLICT, "the login is that of 00u9", null);
          }
        };

    SyncEvent first = work(staff("1"));
    assertThat(first.status()).isEqualTo(EventStatus.NEW);
    room.claims.claim(WorkerRoom.CAMPUS, 1).ifPresent(worker()::work);

    assertThat(room.event(first.id()).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(login("00u2")).isEqualTo("Jane.Doe2@univ.edu");
  }

  @Test
  void aPreviewOfEverybodySaysTheLoginThatTheSecondOfTwoNewPeopleWouldGet() {
    staff("1");
    staff("2");
    List<Previewed> told = new ArrayList<>();

    PreviewTally tally = room.preview.all(instance(FREE), told::add);

    assertThat(told).extracting(Previewed::outcome).containsExactly("created", "created");
    assertThat(told)
        .extracting(one -> one.changes().getFirst().get("login"))
        .containsExactly("Jane.Doe@univ.edu", "Jane.Doe2@univ.edu");
    assertThat(tally.matches()).containsEntry("none", 2L).containsEntry("ambiguous", 0L);
    assertThat(okta.accounts).isEmpty();
    assertThat(work(staff("1")).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(work(staff("2")).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(login("00u2")).as("as the preview said").isEqualTo("Jane.Doe2@univ.edu");
  }

  @Test
  void aPreviewOfEverybodyWaitsForRoomBehindAllOthers() {
    staff("1");
    List<Priority> asked = new ArrayList<>();
    CallBudget full =
        new CallBudget() {
          @Override
          public void unused(String bucket) {}

          @Override
          public void acquire(String bucket, Priority priority) {
            asked.add(priority);
            if (asked.size() == 1) {
              throw new NotNow(room.clock.instant(), "no room yet");
            }
          }

          @Override
          public void learn(Call call) {}
        };

    assertThat(room.preview.all(instance(full), _ -> {}).people()).isEqualTo(1);

    assertThat(asked).hasSizeGreaterThan(1).containsOnly(Priority.BULK);
  }

  @Test
  void aPauseEndsAPreviewOfEverybodyWhileItWaitsForRoom() {
    staff("1");
    room.states.start(WorkerRoom.CAMPUS, InstanceState.ON);
    CallBudget full =
        new CallBudget() {
          @Override
          public void unused(String bucket) {}

          @Override
          public void acquire(String bucket, Priority priority) {
            room.states.pause(WorkerRoom.CAMPUS, "admin", null);
            throw new NotNow(room.clock.instant(), "no room");
          }

          @Override
          public void learn(Call call) {}
        };

    assertThatThrownBy(() -> room.preview.all(instance(full), _ -> {}))
        .isInstanceOf(ErrandOver.class)
        .hasMessage(
            "campus is paused by admin, and asking about everybody takes many calls: resume it, then ask again");
    assertThat(okta.called).isEmpty();
  }
}
