package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise 1, "never guesses", with a second attribute to search by. */
class MatchingTest {

  private static final String YAML = WholePath.YAML + "    matchAlso: campus_id\n";
  private static final String ADA = "0000000001";
  private static final String BOB = "0000000002";

  private static CampusMessages person(String emplid, String campusId) {
    return CampusMessages.added(emplid)
        .name("A", "PRI", "2020-01-01", "Some", "Body")
        .row("PERSON_SA", "A", "<CAMPUS_ID>" + campusId + "</CAMPUS_ID>");
  }

  /** An identity that somebody else made. */
  private static void identity(WholePath path, String login, String campusId) {
    path.database
        .jdbc()
        .sql(
            "insert into identity (login, status, attributes, created_at, changed_at) values"
                + " (:login, 'ENABLED', jsonb_build_object('campus_id', :id), now(), now())")
        .param("login", login)
        .param("id", campusId)
        .update();
  }

  private static long identities(WholePath path) {
    return path.database.jdbc().sql("select count(*) from identity").query(Long.class).single();
  }

  private static SyncEvent event(WholePath path, String emplid) {
    return path.events(emplid).getFirst();
  }

  @Test
  void whoeverHasNoAccountByEitherGetsOne() {
    try (WholePath path = new WholePath(YAML)) {
      path.send(person(ADA, "C1"));
      path.settle();
      assertThat(path.value(ADA, "campus_id")).isEqualTo("C1");
    }
  }

  @Test
  void theOnlyAccountWithTheSecondAttributeIsLinkedAndKeepsItsLogin() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "ada", "C1");
      path.send(person(ADA, "C1"));
      path.settle();
      assertThat(event(path, ADA).status()).isEqualTo(COMPLETED);
      assertThat(path.value(ADA, "login")).isEqualTo("ada");
      assertThat(path.value(ADA, "first_name")).isEqualTo("Some");
      assertThat(identities(path)).isEqualTo(1);
    }
  }

  @Test
  void oneAccountByEachIsSuspendedWithBothAndWhy() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, ADA, "C9");
      identity(path, "other", "C1");
      path.send(person(ADA, "C1"));
      path.settle();
      assertThat(event(path, ADA).status()).isEqualTo(SUSPENDED);
      assertThat(event(path, ADA).reason())
          .startsWith("2 accounts could be theirs: ")
          .contains("has login 0000000001")
          .contains("has campus_id C1");
      assertThat(path.account(ADA)).isEmpty();
    }
  }

  @Test
  void severalWithTheSecondAttributeAreSuspended() {
    try (WholePath path = new WholePath(YAML)) {
      identity(path, "one", "C1");
      identity(path, "two", "C1");
      path.send(person(ADA, "C1"));
      path.settle();
      assertThat(event(path, ADA).status()).isEqualTo(SUSPENDED);
    }
  }

  @Test
  void anAccountLinkedToSomebodyElseIsSuspended() {
    try (WholePath path = new WholePath(YAML)) {
      path.send(person(ADA, "C1"));
      path.settle();
      path.send(person(BOB, "C1"));
      path.settle();
      assertThat(event(path, BOB).status()).isEqualTo(SUSPENDED);
      assertThat(event(path, BOB).reason()).contains("is linked to campus:0000000001");
    }
  }

  @Test
  void anAccountWithTheLoginOfSomebodyElseIsSuspendedAlsoBeforeItIsLinked() {
    try (WholePath path = new WholePath(YAML)) {
      path.send(CampusMessages.changed(BOB).email("A", "CAMP", "bob@campus.example"));
      path.settle();
      identity(path, BOB, "C1");
      path.send(person(ADA, "C1"));
      path.settle();
      assertThat(event(path, ADA).status()).isEqualTo(SUSPENDED);
      assertThat(event(path, ADA).reason()).contains("its login is that of campus:0000000002");
    }
  }

  @Test
  void twoNewPeopleWithOneSecondAttributeDoNotBothGetAnAccount() {
    try (WholePath path = new WholePath(YAML)) {
      path.send(person(ADA, "C1"));
      path.send(person(BOB, "C1"));
      await().until(() -> event(path, ADA).attempt() > 0 && event(path, BOB).attempt() > 0);
      path.clock.advance(Duration.ofHours(1)); // whoever lost the race tries again
      path.settle();
      assertThat(identities(path)).isEqualTo(1);
      assertThat(List.of(event(path, ADA).status(), event(path, BOB).status()))
          .containsExactlyInAnyOrder(COMPLETED, SUSPENDED);
    }
  }

  @Test
  void theSearchByTheSecondAttributeHasAnIndex() {
    try (WholePath path = new WholePath(YAML)) {
      assertThat(
              path.database
                  .jdbc()
                  .sql("select indexdef from pg_indexes where indexname = 'identity_by_campus_id'")
                  .query(String.class)
                  .single())
          .contains("attributes ->> 'campus_id'");
    }
  }
}
