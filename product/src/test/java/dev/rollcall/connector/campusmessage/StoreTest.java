package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Campus.ELEVEN;
import static dev.rollcall.connector.campusmessage.Campus.PERSON;
import static dev.rollcall.connector.campusmessage.Campus.TEN;
import static dev.rollcall.connector.campusmessage.Campus.withMail;
import static dev.rollcall.connector.campusmessage.Sync.headers;
import static dev.rollcall.connector.campusmessage.Sync.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.db.Database;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Inbox.Stored.New;
import dev.rollcall.spi.Inbox.Stored.Repeat;
import dev.rollcall.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoreTest {
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
  void aFirstMessageIsNewAndIsFetched() {
    assertThat(campus.take(Sync.message("A", mail("", "CAMP", "a@x")), headers("T1", TEN)))
        .isEqualTo(new New(PERSON, false));
    assertThat(campus.person().standing()).isEqualTo(Standing.ADDED);
    assertThat(campus.address()).isEqualTo(new Value.Text("a@x"));
    assertThat(campus.person().records().values()).allMatch(RecordFacts::complete);
  }

  @Test
  void theMessageIsKeptAsItCame() {
    String xml = Sync.message("A", mail("", "CAMP", "Zoë"));
    campus.take(xml, headers("T1", TEN));
    assertThat(campus.messages("emplid || ' ' || message_name || ' ' || transaction_id"))
        .containsExactly("0000012345 SCC_CONSTITUENT_SYNC.v1 T1");
    assertThat(campus.messages("root_action || ' ' || (headers ->> 'OrigTimeStamp')"))
        .containsExactly("ADD " + TEN);
    assertThat(campus.messages("convert_from(raw, 'UTF8')")).containsExactly(xml);
  }

  @Test
  void aRowsVersionIsTheMessageThatTouchedItLast() {
    campus.take(
        Sync.message("A", mail("A", "CAMP", "a@x"), mail("A", "HOME", "h@x")), Sync.headers());
    campus.take(Sync.message("C", mail("C", "CAMP", "b@x")), Sync.headers());
    List<String> ids = campus.messages("id");
    assertThat(campus.mails())
        .extracting(row -> Long.toString(row.version()))
        .containsExactly(ids.getLast(), ids.getFirst());
  }

  @Test
  void aDeleteKeepsTheFactsAndMakesALeaver() {
    campus.take(Sync.message("A", mail("", "CAMP", "a@x")), headers("T1", TEN));
    Map<String, RecordFacts> known = campus.person().records();
    assertThat(campus.take(Sync.message("D", mail("D", "CAMP", "a@x")), headers("T2", ELEVEN)))
        .isEqualTo(new New(PERSON, true));
    assertThat(campus.person())
        .isEqualTo(new Facts(PERSON, Standing.DELETED, known, "SCC_CONSTITUENT_SYNC.v1"));
  }

  @Test
  void aDeleteOfAPersonNeverSeenIsRemembered() {
    assertThat(campus.take(Sync.message("D"), headers("T1", TEN))).isEqualTo(new New(PERSON, true));
    assertThat(campus.fetch(PERSON))
        .containsEntry(
            PERSON, new Facts(PERSON, Standing.DELETED, Map.of(), "SCC_CONSTITUENT_SYNC.v1"));
  }

  @Test
  void aChangeKeepsTheStandingAndOnlyAnAddBringsAPersonBack() {
    campus.take(Sync.message("C"), headers("T1", TEN));
    assertThat(campus.person().standing()).isEqualTo(Standing.NEVER_ADDED);
    campus.take(Sync.message("A"), headers("T2", TEN));
    assertThat(campus.person().standing()).isEqualTo(Standing.ADDED);
    campus.take(Sync.message("C"), headers("T3", TEN));
    assertThat(campus.person().standing()).isEqualTo(Standing.ADDED);
    campus.take(Sync.message("D"), headers("T4", TEN));
    campus.take(withMail("a@x"), headers("T5", TEN));
    assertThat(campus.person().standing()).isEqualTo(Standing.DELETED);
    assertThat(campus.address()).isEqualTo(new Value.Text("a@x"));
    campus.take(Sync.message(""), headers("T6", TEN));
    assertThat(campus.person().standing()).isEqualTo(Standing.ADDED);
  }

  @Test
  void oddTextSurvivesTheDatabase() {
    String odd = "&quot; \\ \\u0000 {} &#9;x &#x1F600; '; drop table campus_person; --";
    campus.take(Sync.message("A", mail("", "CAMP", odd)), Sync.headers());
    assertThat(campus.address())
        .isEqualTo(
            new Value.Text("\" \\ \\u0000 {} \tx \uD83D\uDE00 '; drop table campus_person; --"));
  }

  @Test
  void fetchKnowsOnlyThePeopleOfItsSourceAndInstance() {
    campus.take(Sync.message("A"), Sync.headers());
    SubjectKey stranger = new SubjectKey("campus", "1");
    SubjectKey elsewhere = new SubjectKey("hr", Sync.EMPLID);
    assertThat(campus.fetch(PERSON, stranger, elsewhere, PERSON)).containsOnlyKeys(PERSON);
    assertThat(campus.fetch()).isEmpty();
    assertThat(new CampusSource(database.jdbc(), "other", "campus").fetch(List.of(PERSON)))
        .isEmpty();
  }

  @Test
  void storingWithoutATransactionIsRefused() {
    assertThatThrownBy(
            () -> campus.inbox().store(campus.inbox().read(Sync.delivery(Sync.message("A")))))
        .hasMessageContaining("store needs a transaction");
  }

  @Test
  void whatIsRolledBackWasNeverStored() {
    assertThatThrownBy(() ->
            database.inTransaction(() -> {
              campus
                  .inbox()
                  .store(campus.inbox().read(Sync.delivery(Sync.message("A"), headers("T1", TEN))));
              throw new IllegalStateException("the rest of intake failed");
            }))
        .hasMessage("the rest of intake failed");
    assertThat(campus.fetch(PERSON)).isEmpty();
    assertThat(campus.take(Sync.message("A"), headers("T1", TEN))).isInstanceOf(New.class);
  }

  @Test
  void timesAtTheEndsOfTheCalendarAreKept() {
    List<String> times =
        List.of("0000-01-01T00:00:00+1800", "1582-10-10T00:00:00Z", "9999-12-31T23:59:59-1800");
    for (String time : times) {
      assertThat(campus.take(Sync.message("C"), headers(time, time))).isInstanceOf(New.class);
      assertThat(campus.take(Sync.message("C"), headers(time, time))).isInstanceOf(Repeat.class);
      Map<String, String> withoutId = Map.of("OrigTimeStamp", time);
      assertThat(campus.take(Sync.message("C"), withoutId)).isInstanceOf(Repeat.class);
    }
    assertThat(campus.messages("repeats")).containsExactly("2", "2", "2");
  }
}
