package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Campus.ELEVEN;
import static dev.rollcall.connector.campusmessage.Campus.PERSON;
import static dev.rollcall.connector.campusmessage.Campus.TEN;
import static dev.rollcall.connector.campusmessage.Campus.withMail;
import static dev.rollcall.connector.campusmessage.Sync.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Inbox.Stored.New;
import dev.rollcall.spi.Inbox.Stored.Older;
import dev.rollcall.spi.Inbox.Stored.Repeat;
import dev.rollcall.testing.TestDatabase;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RepeatAndOrderTest {
  private static final String STATE = "state || ' ' || repeats";

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Database database;

  private final Campus campus = new Campus(database);

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void theSameTransactionIdIsARepeatWhateverItSays() {
    campus.take(withMail("a@x"), headers("T1", TEN));
    assertThat(campus.take(withMail("a@x"), headers("T1", TEN)))
        .isEqualTo(new Repeat(PERSON, "TransactionID T1 was stored before"));
    assertThat(campus.take(withMail("b@x"), headers("T1", ELEVEN)))
        .isInstanceOfSatisfying(
            Repeat.class, r -> assertThat(r.reason()).contains("other content"));
    assertThat(campus.address()).isEqualTo(new Value.Text("a@x"));
    assertThat(campus.messages(STATE)).containsExactly("APPLIED 2");
  }

  @Test
  void theSameTransactionIdAboutAnotherPersonIsARepeatAndMakesNobodyKnown() {
    campus.take(withMail("a@x"), headers("T1", TEN));
    SubjectKey other = new SubjectKey("campus", "0000099999");
    assertThat(campus.take(Sync.about(other.id(), "A"), headers("T1", TEN)))
        .isInstanceOfSatisfying(Repeat.class, r -> assertThat(r.subject()).isEqualTo(other));
    assertThat(campus.fetch(PERSON, other)).containsOnlyKeys(PERSON);
    // and when that person is really told about, it is new
    assertThat(campus.take(Sync.about(other.id(), "C"), headers("T2", TEN)))
        .isEqualTo(new New(other, false));
    assertThat(campus.fetch(other).values())
        .extracting(Facts::standing)
        .containsOnly(Standing.NEVER_ADDED);
  }

  @Test
  void anotherInstanceMayUseTheSameTransactionId() {
    campus.take(withMail("a@x"), headers("T1", TEN));
    Campus other = new Campus(database);
    assertThat(other.take(withMail("b@x"), headers("T1", TEN))).isInstanceOf(New.class);
    assertThat(campus.address()).isEqualTo(new Value.Text("a@x"));
  }

  @Test
  void anotherTransactionIdIsNewEvenWithTheSameContent() {
    campus.take(withMail("a@x"), headers("T1", TEN));
    assertThat(campus.take(withMail("a@x"), headers("T2", TEN))).isInstanceOf(New.class);
  }

  @Test
  void withoutTransactionIdTheSameTimeAndContentIsARepeat() {
    Map<String, String> ten = Map.of("OrigTimeStamp", TEN);
    Map<String, String> sameMoment = Map.of("OrigTimeStamp", "2026-03-01T05:00:00-0500");
    campus.take(withMail("a@x"), ten);
    campus.take(withMail("b@x"), Map.of("OrigTimeStamp", ELEVEN));
    assertThat(campus.take(withMail("a@x"), sameMoment, Sync.NOON.plusSeconds(60)))
        .isInstanceOfSatisfying(Repeat.class, r -> assertThat(r.reason()).contains("as message"));
    assertThat(campus.address()).isEqualTo(new Value.Text("b@x"));
    assertThat(campus.messages(STATE)).containsExactly("APPLIED 1", "APPLIED 0");
  }

  @Test
  void aMessageThatCameTooLateIsARepeatTheSecondTime() {
    campus.take(withMail("b@x"), Map.of("OrigTimeStamp", ELEVEN));
    assertThat(campus.take(withMail("a@x"), Map.of("OrigTimeStamp", TEN)))
        .isInstanceOf(Older.class);
    assertThat(campus.take(withMail("a@x"), Map.of("OrigTimeStamp", TEN)))
        .isInstanceOf(Repeat.class);
    assertThat(campus.messages(STATE)).containsExactly("APPLIED 0", "OLDER 1");
  }

  @Test
  void withoutAnyHeaderTheSameContentTwiceIsARepeat() {
    campus.take(withMail("a@x"), Sync.headers());
    assertThat(campus.take(withMail("a@x"), Sync.headers())).isInstanceOf(Repeat.class);
    assertThat(campus.messages(STATE)).containsExactly("APPLIED 1");
  }

  @Test
  void withoutAnyHeaderThereAndBackAgainIsThreeMessages() {
    campus.take(withMail("a@x"), Sync.headers(), Sync.NOON);
    campus.take(withMail("b@x"), Sync.headers(), Sync.NOON.plusSeconds(1));
    assertThat(campus.take(withMail("a@x"), Sync.headers(), Sync.NOON.plusSeconds(2)))
        .isInstanceOf(New.class);
    assertThat(campus.address()).isEqualTo(new Value.Text("a@x"));
    assertThat(campus.messages(STATE)).hasSize(3);
  }

  @Test
  void anOlderMessageIsKeptButNotApplied() {
    campus.take(withMail("new@x"), headers("T2", ELEVEN));
    assertThat(campus.take(withMail("old@x"), headers("T1", TEN)))
        .isInstanceOfSatisfying(
            Older.class, o -> assertThat(o.reason()).contains("2026-03-01T11:00:00Z is newer"));
    assertThat(campus.address()).isEqualTo(new Value.Text("new@x"));
    assertThat(campus.messages(STATE)).containsExactly("APPLIED 0", "OLDER 0");
  }

  @Test
  void anOlderDeleteDeletesNobody() {
    campus.take(Sync.message("A"), headers("T2", ELEVEN));
    assertThat(campus.take(Sync.message("D"), headers("T1", TEN))).isInstanceOf(Older.class);
    assertThat(campus.person().standing()).isEqualTo(Standing.ADDED);
  }

  @Test
  void ofTheSameMomentTheLaterArrivalIsApplied() {
    campus.take(withMail("a@x"), headers("T1", TEN));
    assertThat(campus.take(withMail("b@x"), headers("T2", TEN))).isInstanceOf(New.class);
    assertThat(campus.address()).isEqualTo(new Value.Text("b@x"));
  }

  @Test
  void aMicrosecondDecides() {
    campus.take(withMail("a@x"), headers("T1", "2026-03-01T10:00:00.000002+0000"));
    assertThat(campus.take(withMail("b@x"), headers("T2", "2026-03-01T10:00:00.000001+0000")))
        .isInstanceOf(Older.class);
    assertThat(campus.take(withMail("c@x"), headers("T3", "2026-03-01T10:00:00.000002+0000")))
        .isInstanceOf(New.class);
  }

  @Test
  void withoutATimeOfItsOwnAMessageIsAsOldAsItsArrival() {
    campus.take(withMail("a@x"), Sync.headers(), Instant.parse("2026-03-01T10:30:00.123456789Z"));
    assertThat(campus.take(withMail("b@x"), headers("T1", TEN))).isInstanceOf(Older.class);
    assertThat(campus.take(withMail("c@x"), headers("T2", ELEVEN))).isInstanceOf(New.class);
    assertThat(campus.take(withMail("d@x"), Sync.headers(), Instant.parse("2026-03-01T10:59:59Z")))
        .isInstanceOf(Older.class);
  }
}
