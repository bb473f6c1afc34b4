package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

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

  private OutsideWorker worker() {
    CallBudget free =
        new CallBudget() {
          @Override
          public void acquire(String bucket, Priority priority) {}

          @Override
          public void learn(Call call) {}
        };
    Instance instance =
        Instance.outside(
            WorkerRoom.CAMPUS,
            "campus",
            room.source,
            new CurrentPlanner(new IdentityTypePlanner(IdentitySettings.shipped())),
            new Outside(okta, free, 4, null, null),
            "okta",
            InstanceState.ON,
            room.zone);
    return room.outsideWorker(instance);
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
}
