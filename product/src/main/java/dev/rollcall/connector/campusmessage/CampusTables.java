package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.RecordFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that write {@code campus_message} and {@code campus_person}, for one instance.
 * Safe for use by many threads.
 */
final class CampusTables {
  /** What became of a message that was kept. */
  enum State {
    /** Its facts went into the person's. */
    APPLIED,
    /** A newer one was applied before. */
    OLDER
  }

  /**
   * The message a person's facts come from last.
   *
   * @param standing of the person since then
   * @param timestamp of the message
   * @param hash of its bytes
   */
  record Applied(Standing standing, Instant timestamp, long messageId, String hash) {}

  /**
   * A person as the messages so far have left it.
   *
   * @param last null when none was applied yet
   */
  record Person(Map<String, RecordFacts> records, @Nullable Applied last) {}

  private static final String LOCK =
      """
      select p.standing, p.facts, p.applied_message_id, p.applied_hash,
        greatest(p.applied_timestamp, i.as_of) as applied_timestamp
      from campus_person p left join campus_image i using (instance, emplid)
      where p.instance = :instance and p.emplid = :emplid for update of p
      """;

  private static final String HOLD_PLACE =
      """
      insert into campus_person (instance, emplid) values (:instance, :emplid)
      on conflict do nothing
      """;

  private static final String KEEP =
      """
      insert into campus_message (instance, emplid, message_name, transaction_id, orig_timestamp,
        arrived_at, root_action, state, content_hash, headers, raw)
      values (:instance, :emplid, :name, :transaction, :originated, :arrived, :action, :state,
        :hash, jsonb_object(:headerNames, :headerValues), :raw)
      on conflict (instance, transaction_id) where transaction_id is not null do nothing
      returning id
      """;

  private static final String APPLY =
      """
      update campus_person set standing = :standing, facts = cast(:facts as json),
        applied_timestamp = :timestamp, applied_message_id = :message, applied_hash = :hash
      where instance = :instance and emplid = :emplid
      """;

  private static final String SAME_MOMENT =
      """
      select id from campus_message
      where instance = :instance and emplid = :emplid and orig_timestamp = :originated
        and content_hash = :hash
      order by id limit 1
      """;

  private static final String COUNT_REPEAT =
      """
      update campus_message set repeats = repeats + 1, last_repeat_at = :arrived where id = :id
      """;

  private static final String COUNT_SAME_TRANSACTION =
      """
      update campus_message set repeats = repeats + 1, last_repeat_at = :arrived
      where instance = :instance and transaction_id = :transaction
      returning emplid = :emplid and content_hash = :hash
      """;

  private final JdbcClient jdbc;
  private final String instance;

  CampusTables(JdbcClient jdbc, String instance) {
    this.jdbc = jdbc;
    this.instance = instance;
  }

  /**
   * The person, locked until the transaction ends. One never heard of gets a row without facts
   * first, because there has to be a row to lock.
   */
  Person lock(String emplid) {
    return lockExisting(emplid)
        .or(() ->
            // a place of our own needs no lock, nobody else sees it before we are done
            person(HOLD_PLACE, emplid).update() == 1
                ? Optional.of(new Person(Map.of(), null))
                : lockExisting(emplid))
        .orElseThrow(() -> new IllegalStateException("the row of " + emplid + " went away"));
  }

  private Optional<Person> lockExisting(String emplid) {
    return person(LOCK, emplid).query((row, _) -> person(row)).optional();
  }

  private JdbcClient.StatementSpec person(String sql, String emplid) {
    return jdbc.sql(sql).param("instance", instance).param("emplid", emplid);
  }

  private static Person person(ResultSet row) throws SQLException {
    String standing = row.getString("standing");
    if (standing == null) {
      return new Person(Map.of(), null);
    }
    return new Person(
        FactsJson.read(row.getString("facts")),
        new Applied(
            Standing.valueOf(standing),
            row.getObject("applied_timestamp", OffsetDateTime.class).toInstant(),
            row.getLong("applied_message_id"),
            row.getString("applied_hash")));
  }

  /** Keeps a message as it came; empty when one with its TransactionID was kept before. */
  Optional<Long> keep(CampusMessage message, State state) {
    Envelope envelope = message.envelope();
    Map<String, String> headers = envelope.headers();
    return person(KEEP, message.subject().id())
        .param("name", message.name())
        .param("transaction", envelope.transactionId())
        .param("originated", utc(envelope.originated()))
        .param("arrived", utc(envelope.arrived()))
        .param("action", message.action().name())
        .param("state", state.name())
        .param("hash", message.hash())
        .param("headerNames", headers.keySet().toArray(String[]::new))
        .param("headerValues", headers.values().toArray(String[]::new))
        .param("raw", message.body())
        .query(Long.class)
        .optional();
  }

  /** Puts what a message led to in the person's row. */
  void apply(CampusMessage message, long id, Standing standing, Map<String, RecordFacts> records) {
    person(APPLY, message.subject().id())
        .param("standing", standing.name())
        .param("facts", FactsJson.write(records))
        .param("timestamp", utc(message.envelope().timestamp()))
        .param("message", id)
        .param("hash", message.hash())
        .update();
  }

  /** The kept message with the same bytes that the sender dates to the same moment. */
  Optional<Long> sameMoment(CampusMessage message) {
    return person(SAME_MOMENT, message.subject().id())
        .param("originated", utc(message.envelope().originated()))
        .param("hash", message.hash())
        .query(Long.class)
        .optional();
  }

  /** Remembers that a kept message came again. */
  void countRepeat(long id, Instant arrived) {
    jdbc.sql(COUNT_REPEAT).param("id", id).param("arrived", utc(arrived)).update();
  }

  /**
   * Remembers that the message kept with this one's TransactionID came again.
   *
   * @return whether it is the same message, and not another one under the same id
   */
  boolean countSameTransaction(CampusMessage message) {
    return person(COUNT_SAME_TRANSACTION, message.subject().id())
        .param("transaction", message.envelope().transactionId())
        .param("hash", message.hash())
        .param("arrived", utc(message.envelope().arrived()))
        .query(Boolean.class)
        .single();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
