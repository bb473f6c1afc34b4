package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Member;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.intake.Erasure.Erased;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was said about a person is forgotten; that something was done, by whom and when, is not. */
class ErasureTest {

  private static final String YAML =
      WholePath.YAML
          + """
              matchAlso: campus_id
              expected: [phone]
          """;
  private static final String ADA = "0000000001";
  private static final String BOB = "0000000002";
  private static final String SECRET = "Lovelace";

  private static CampusMessages person(String emplid, String last, String campusId) {
    return CampusMessages.added(emplid)
        .name("A", "PRI", "2020-01-01", "Some", last)
        .email("A", "CAMP", last.toLowerCase(Locale.ROOT) + "@campus.example")
        .row("PERSON_SA", "A", "<CAMPUS_ID>" + campusId + "</CAMPUS_ID>");
  }

  /** Ada has an account; Bob, who has her campus id, is suspended and sees her values. */
  private static void adaAndBob(WholePath path) {
    path.send(person(ADA, SECRET, "C1"), Map.of("TransactionID", "T1"));
    path.settle();
    path.send(person(BOB, "Babbage", "C1"), Map.of("TransactionID", "T2"));
    path.settle();
    assertThat(path.events(BOB).getLast().status()).isEqualTo(SUSPENDED);
  }

  private static List<String> texts(WholePath path, String sql) {
    return path.database.jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
  }

  private static String past(WholePath path) {
    return String.join(
        "\n",
        texts(
            path,
            "select row_to_json(a)::text from audit a union all"
                + " select reason from event where subject = '0000000001' union all"
                + " select convert_from(raw, 'UTF8') from campus_message where raw is not null"
                + " and emplid = '0000000001' union all"
                + " select row_to_json(f)::text from finding f union all"
                + " select row_to_json(d)::text from decision d"));
  }

  @Test
  void nothingOfThePastNamesThePersonAnyMoreAndTheRowsStand() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      assertThat(past(path)).contains(SECRET, "lovelace@campus.example");
      List<String> before = texts(path, "select concat_ws('|', id, kind, event) from audit");
      Erased erased = path.parts.erasure().erase(ADA, "asked for by letter", "anna");
      assertThat(past(path)).doesNotContainIgnoringCase(SECRET);
      assertThat(texts(path, "select concat_ws('|', id, kind, event) from audit"))
          .containsAll(before)
          .hasSize(before.size() + 1);
      assertThat(erased.audit()).as("Ada's own, and what Bob's shows of her").isEqualTo(2);
      assertThat(erased.messages()).isEqualTo(1);
      assertThat(erased.findings()).isEqualTo(1);
      assertThat(texts(path, "select entry::text from audit where subject = '0000000001'"))
          .anySatisfy(entry ->
              assertThat(entry)
                  .contains("\"status\":\"COMP\"", "\"erased\"", "anna", "asked for by letter"));
      assertThat(texts(path, "select entry::text from audit where kind = 'erased'"))
          .singleElement()
          .asString()
          .contains("anna", "asked for by letter");
    }
  }

  @Test
  void theWordsOfARejectionAreForgottenWhileItStaysInForce() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      path.database
          .jdbc()
          .sql(
              "insert into held (instance, source, subject, class, event, reason, changes, same,"
                  + " held_at, decision, decided_by, why, decided_at, resolved_event) values"
                  + " ('campus', 'campus', '0000000001', 'emailChanges', 1, 'x', '[]', 'same',"
                  + " now(), 'rejected', 'anna', 'Lovelace is wrong', now(), 1)")
          .update();
      path.database
          .jdbc()
          .sql(
              "update event set status = 'SUSP', reason = 'held: deactivations: 1 within 24h;"
                  + " ''rollcall reject 1'' leaves it; emailChanges: rejected by anna on"
                  + " 2026-11-20: Lovelace is wrong' where subject = '0000000001'")
          .update();
      assertThat(path.parts.erasure().erase(ADA, "asked for", "anna").events()).isEqualTo(1);
      assertThat(past(path)).doesNotContain(SECRET);
      assertThat(path.events(ADA).getLast().reason())
          .isEqualTo("held: deactivations: 1 within 24h; 'rollcall reject 1' leaves it; erased");
      assertThat(texts(path, "select decision || ' ' || decided_by || ' ' || why from held"))
          .containsExactly("rejected anna erased");
    }
  }

  @Test
  void whatSessionsSayOfThePersonIsForgottenOnceTheyHaveEnded() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      Sessions sessions = path.parts.sessions();
      long ended = session(path, 1);
      sessions.end(ended, Sessions.State.DONE, null, false, Map.of(1L, "login: lovelace is taken"));
      long done = session(path, 1);
      sessions.end(done, Sessions.State.DONE, null, false, Map.of());
      long open = session(path, 1);

      assertThat(path.parts.erasure().erase(ADA, "asked for", "anna").messages())
          .as("a message, and two sessions that have ended")
          .isEqualTo(3);

      assertThat(sessions.people(ended, null, 10))
          .extracting(Sessions.Person::failed, Sessions.Person::what)
          .containsExactly(tuple("erased", "created; erased"));
      assertThat(sessions.people(done, null, 10))
          .extracting(Sessions.Person::failed, Sessions.Person::what)
          .containsExactly(tuple(null, "created; erased"));
      assertThat(sessions.people(open, null, 10).getFirst().what()).contains(SECRET);
      assertThat(sessions.eraseTexts(new SubjectKey("campus", ADA))).as("once").isZero();
    }
  }

  private static long session(WholePath path, long event) {
    return path.parts
        .sessions()
        .plan(
            "campus",
            "okta/0oa1",
            UUID.randomUUID(),
            List.of(new Request(1, "UPSERT", RequestState.READY, 1, 2, "{}", null)),
            List.of(
                new Member(
                    event,
                    0,
                    1,
                    new SubjectKey("campus", ADA),
                    "A",
                    "created; left out: the e-mail of " + SECRET,
                    List.of(),
                    "{}",
                    "{}")));
  }

  @Test
  void whatIsInForceGoesOnAndAnotherPersonsPastIsUntouched() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      path.parts.erasure().erase("campus:" + ADA, "asked for", "anna");
      assertThat(path.value(ADA, "last_name")).isEqualTo(SECRET);
      path.send(person(ADA, SECRET, "C1"), Map.of("TransactionID", "T1"));
      assertThat(
              texts(path, "select repeats::text from campus_message where emplid = '" + ADA + "'"))
          .as("a repeat is still told from something new")
          .containsExactly("1");
      path.send(CampusMessages.changed(ADA).email("C", "CAMP", "ada@campus.example"));
      path.settle();
      SyncEvent last = path.events(ADA).getLast();
      assertThat(last.status()).isEqualTo(COMPLETED);
      assertThat(last.reason()).isEqualTo("changed");
      assertThat(path.value(ADA, "email")).isEqualTo("ada@campus.example");
      assertThat(path.parts.resolutions().waiting(null, 0, 10)).hasSize(1);
      assertThat(texts(path, "select entry::text from audit where subject = '0000000002'"))
          .anySatisfy(entry -> assertThat(entry).contains("\"rule\"", "\"erased\"", "ambiguous"));
      long bobs = path.events(BOB).getLast().id();
      path.parts.resolutions().resolve(bobs, null, "somebody else", "anna");
      path.settle();
      assertThat(path.value(BOB, "last_name")).isEqualTo("Babbage");
    }
  }

  @Test
  void whoErasesTwiceErasesWhatCameBetween() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      path.parts.erasure().erase(ADA, "first", "anna");
      path.send(CampusMessages.changed(ADA).email("C", "CAMP", "lovelace@two.example"));
      path.settle();
      assertThat(past(path)).contains("lovelace@two.example");
      path.parts.erasure().erase(ADA, "second", "bert");
      assertThat(past(path)).doesNotContain("lovelace@two.example").contains("first", "second");
    }
  }

  @Test
  void nobodyAndSomebodyOfTwoSourcesAreNotErased() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      assertThatThrownBy(() -> path.parts.erasure().erase("0000000009", "x", "anna"))
          .isInstanceOf(RefusedRequest.class)
          .hasMessageContaining("knows nobody");
      path.database
          .jdbc()
          .sql(
              "insert into audit (at, kind, source, subject, entry)"
                  + " values (now(), 'outcome', 'hr', '0000000001', '{}')")
          .update();
      assertThatThrownBy(() -> path.parts.erasure().erase(ADA, "x", "anna"))
          .hasMessageContaining("campus, hr")
          .hasMessageContaining("SOURCE:ID");
      assertThat(path.parts.erasure().erase("campus:" + ADA, "x", "anna").audit()).isEqualTo(2);
    }
  }

  @Test
  void theAuditIsStillAppendOnlyBesideTheOneWay() {
    try (WholePath path = new WholePath(YAML)) {
      adaAndBob(path);
      for (String change :
          List.of(
              "update audit set entry = '{\"erased\":{}}'",
              "update audit set kind = 'x'",
              "with e as (insert into erasure (at, source, subject, erased_by, why) values"
                  + " (now(), 'campus', '1', 'x', 'x')) update audit set kind = 'x'")) {
        assertThatThrownBy(() -> path.database.jdbc().sql(change).update())
            .hasMessageContaining("append-only");
      }
    }
  }
}
