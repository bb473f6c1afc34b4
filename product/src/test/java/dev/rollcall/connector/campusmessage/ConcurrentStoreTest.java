package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.Inbox.Stored;
import dev.rollcall.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConcurrentStoreTest {
  private static final int AT_ONCE = 20;
  private static final SubjectKey PERSON = new SubjectKey("campus", Sync.EMPLID);

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh(AT_ONCE);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static Delivery delivery(String xml, Map<String, String> headers, Instant arrived) {
    return new Delivery(headers, xml.getBytes(StandardCharsets.UTF_8), arrived);
  }

  /** Stores them all in transactions that are open at the same time. */
  private static List<Stored> storeAtOnce(String instance, IntFunction<Delivery> deliveries)
      throws Exception {
    CampusInbox inbox =
        new CampusInbox(database.jdbc(), instance, "campus", CampusMessageSettings.defaults());
    CyclicBarrier together = new CyclicBarrier(AT_ONCE);
    List<Callable<Stored>> calls = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      var incoming = inbox.read(deliveries.apply(i));
      calls.add(() -> {
        together.await();
        return database.inTransaction(() -> inbox.store(incoming));
      });
    }
    List<Stored> stored = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Stored> result : threads.invokeAll(calls)) {
        stored.add(result.get());
      }
    }
    return stored;
  }

  /** Makes the person known, so that what is waited for is the lock and not the first insert. */
  private static void known(String instance) {
    CampusInbox inbox =
        new CampusInbox(database.jdbc(), instance, "campus", CampusMessageSettings.defaults());
    Delivery first = delivery(Sync.message("C"), Map.of(), Instant.parse("2026-02-01T00:00:00Z"));
    database.inTransaction(() -> inbox.store(inbox.read(first)));
  }

  private static void oneIsNewAndTheRestRepeatIt(List<Stored> stored) {
    assertThat(stored).filteredOn(Stored.New.class::isInstance).hasSize(1);
    assertThat(stored).filteredOn(Stored.Repeat.class::isInstance).hasSize(AT_ONCE - 1);
  }

  private static int repeats(String instance) {
    return database
        .jdbc()
        .sql("select sum(repeats) from campus_message where instance = ?")
        .param(instance)
        .query(Integer.class)
        .single();
  }

  @Test
  void ofTwentyDeliveriesWithOneTransactionIdOneIsNew() throws Exception {
    Map<String, String> headers = Sync.headers("T1", "2026-03-01T10:00:00Z");
    oneIsNewAndTheRestRepeatIt(
        storeAtOnce("id", _ -> delivery(Sync.message("A"), headers, Sync.NOON)));
    assertThat(repeats("id")).isEqualTo(AT_ONCE - 1);
  }

  @Test
  void ofTwentyDeliveriesOfOneMomentOneIsNew() throws Exception {
    known("moment");
    Map<String, String> headers = Map.of("OrigTimeStamp", "2026-03-01T10:00:00Z");
    oneIsNewAndTheRestRepeatIt(
        storeAtOnce("moment", _ -> delivery(Sync.message("A"), headers, Sync.NOON)));
    assertThat(repeats("moment")).isEqualTo(AT_ONCE - 1);
  }

  @Test
  void ofTwentyDeliveriesWithoutHeadersOneIsNew() throws Exception {
    known("bare");
    oneIsNewAndTheRestRepeatIt(
        storeAtOnce(
            "bare", i -> delivery(Sync.message("A"), Map.of(), Sync.NOON.plusMillis(20 - i))));
    assertThat(repeats("bare")).isEqualTo(AT_ONCE - 1);
  }

  @Test
  void ofTwentyPeopleWithOneTransactionIdOneIsNewAndTheOthersStayUnknown() throws Exception {
    Map<String, String> headers = Sync.headers("T1", "2026-03-01T10:00:00Z");
    oneIsNewAndTheRestRepeatIt(
        storeAtOnce("people", i -> delivery(Sync.about("p" + i, "A"), headers, Sync.NOON)));
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      all.add(new SubjectKey("campus", "p" + i));
    }
    assertThat(new CampusSource(database.jdbc(), "people", "campus").fetch(all)).hasSize(1);
  }

  @Test
  void noneOfTwentyDifferentChangesOfOnePersonIsLost() throws Exception {
    List<Stored> stored =
        storeAtOnce(
            "changes",
            i ->
                delivery(
                    Sync.message("C", mail("C", "T" + i, i + "@x")),
                    Sync.headers("T" + i, "2026-03-01T10:00:00Z"),
                    Sync.NOON));
    assertThat(stored).allMatch(Stored.New.class::isInstance);
    Facts facts =
        new CampusSource(database.jdbc(), "changes", "campus").fetch(List.of(PERSON)).get(PERSON);
    List<Row> mails =
        Objects.requireNonNull(Objects.requireNonNull(facts).record("SCC_PER_EMAIL_I")).rows();
    assertThat(mails).hasSize(AT_ONCE);
    assertThat(mails).extracting(Row::version).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void inWhateverOrderTwentyMessagesComeTheNewestIsAppliedLast() throws Exception {
    storeAtOnce(
        "order",
        i ->
            delivery(
                Sync.message("C", mail("C", "CAMP", i + "@x")),
                Sync.headers("T" + i, "2026-03-01T10:%02d:00Z".formatted(i)),
                Sync.NOON));
    String address =
        database
            .jdbc()
            .sql(
                """
                select facts #>> '{SCC_PER_EMAIL_I,rows,0,fields,EMAIL_ADDR}'
                from campus_person where instance = 'order'
                """)
            .query(String.class)
            .single();
    assertThat(address).isEqualTo("19@x");
  }
}
