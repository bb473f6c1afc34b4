package dev.rollcall.connector.campusmessage;

import dev.rollcall.db.Database;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.Inbox.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** One instance's inbox and source on a test database, nobody else's messages in it. */
final class Campus {
  static final SubjectKey PERSON = new SubjectKey("campus", Sync.EMPLID);
  static final String TEN = "2026-03-01T10:00:00.000000+0000";
  static final String ELEVEN = "2026-03-01T11:00:00.000000+0000";

  private static final AtomicInteger INSTANCES = new AtomicInteger();

  private final Database database;
  private final String instance = "instance-" + INSTANCES.incrementAndGet();
  private final CampusInbox inbox;

  Campus(Database database) {
    this.database = database;
    this.inbox =
        new CampusInbox(database.jdbc(), instance, "campus", CampusMessageSettings.defaults());
  }

  CampusInbox inbox() {
    return inbox;
  }

  Stored take(String xml, Map<String, String> headers) {
    return take(xml, headers, Sync.NOON);
  }

  Stored take(String xml, Map<String, String> headers, Instant arrived) {
    Delivery delivery = new Delivery(headers, xml.getBytes(StandardCharsets.UTF_8), arrived);
    return database.inTransaction(() -> inbox.store(inbox.read(delivery)));
  }

  Map<SubjectKey, Facts> fetch(SubjectKey... subjects) {
    return new CampusSource(database.jdbc(), instance, "campus").fetch(List.of(subjects));
  }

  Facts person() {
    return Objects.requireNonNull(fetch(PERSON).get(PERSON), "nothing is known");
  }

  List<Row> mails() {
    return Objects.requireNonNull(person().record("SCC_PER_EMAIL_I")).rows();
  }

  Value address() {
    return Objects.requireNonNull(mails().getFirst().fields().get("EMAIL_ADDR"));
  }

  /** An expression for each message kept, in the order they were kept. */
  List<String> messages(String expression) {
    return database
        .jdbc()
        .sql("select " + expression + " from campus_message where instance = ? order by id")
        .param(instance)
        .query((row, _) -> row.getString(1))
        .list();
  }

  static String withMail(String address) {
    return Sync.message("C", Sync.mail("C", "CAMP", address));
  }
}
