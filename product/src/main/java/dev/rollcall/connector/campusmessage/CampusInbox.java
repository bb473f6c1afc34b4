package dev.rollcall.connector.campusmessage;

import dev.rollcall.connector.campusmessage.CampusTables.Applied;
import dev.rollcall.connector.campusmessage.CampusTables.Person;
import dev.rollcall.connector.campusmessage.CampusTables.State;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.Inbox;
import dev.rollcall.spi.RefusedDelivery;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes in the messages PeopleSoft Campus pushes about one person at a time. The rules of what is a
 * repeat and what comes too late are in {@link #store}. Safe for use by many threads.
 */
public final class CampusInbox implements Inbox {
  private final CampusTables tables;
  private final String source;
  private final CampusMessageSettings settings;

  /**
   * @param instance whose messages these are
   * @param source the name of the system of record in the subjects' keys
   */
  public CampusInbox(
      JdbcClient jdbc, String instance, String source, CampusMessageSettings settings) {
    this.tables = new CampusTables(jdbc, instance);
    this.source = source;
    this.settings = settings;
  }

  @Override
  public Incoming read(Delivery delivery) {
    Optional<String> operation = Envelope.operation(delivery);
    // Before the body: a message nobody here asked for is not worth looking at.
    operation.ifPresent(this::configured);
    Envelope envelope = Envelope.of(delivery);
    XmlCursor cursor = new XmlCursor(delivery.body(), settings);
    String name = configured(operation.orElse(cursor.name()));
    if (!MessageName.hasRoot(name, cursor.name())) {
      throw cursor.malformed("the root element is not that of a " + name);
    }
    RowsetReader.Rowset rowset = new RowsetReader(cursor, settings).read();
    return new CampusMessage(
        new SubjectKey(source, rowset.emplid()), name, envelope, rowset, delivery.body());
  }

  private String configured(String sent) {
    return MessageName.configured(settings.messageNames(), sent)
        .orElseThrow(() ->
            new RefusedDelivery(
                RefusedDelivery.Kind.UNKNOWN_MESSAGE,
                "no message of this name is configured; known are " + settings.messageNames()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A repeat is a message with a TransactionID that was stored before, or without one the same
   * bytes with the same OrigTimeStamp, or without either the same bytes as the last applied ones: a
   * resend must have no second effect ({@code facts/oim-campus-connector.md §2}), but A, B, A
   * without headers is three messages. Older is what is dated before the last applied message.
   */
  @Override
  public Stored store(Incoming incoming) {
    if (!(incoming instanceof CampusMessage message)) {
      throw new IllegalArgumentException("this inbox did not read " + incoming.getClass());
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("store needs a transaction: the person's lock lives in it");
    }
    Person person = tables.lock(message.subject().id());
    Optional<Long> earlier = earlier(message, person.last());
    if (earlier.isPresent()) {
      tables.countRepeat(earlier.get(), message.envelope().arrived());
      return new Stored.Repeat(
          message.subject(), "the same content was stored before, as message " + earlier.get());
    }
    Optional<Applied> newer = newer(message, person.last());
    State state = newer.isPresent() ? State.OLDER : State.APPLIED;
    Optional<Long> id = tables.keep(message, state);
    if (id.isEmpty()) {
      return sameTransaction(message);
    }
    if (newer.isPresent()) {
      return new Stored.Older(
          message.subject(),
          "message %d of %s is newer".formatted(newer.get().messageId(), newer.get().timestamp()));
    }
    apply(message, id.get(), person);
    return new Stored.New(message.subject(), message.action() == RootAction.DELETE);
  }

  /** The message this one repeats, as far as that shows before it is kept. */
  private Optional<Long> earlier(CampusMessage message, @Nullable Applied last) {
    Envelope envelope = message.envelope();
    if (envelope.transactionId() != null) {
      return Optional.empty(); // the unique index tells, for other persons' messages too
    }
    if (envelope.originated() != null) {
      return tables.sameMoment(message);
    }
    return last != null && last.hash().equals(message.hash())
        ? Optional.of(last.messageId())
        : Optional.empty();
  }

  /** The last applied message, when it is newer; of the same moment is not newer. */
  private static Optional<Applied> newer(CampusMessage message, @Nullable Applied last) {
    return Optional.ofNullable(last)
        .filter(applied -> message.envelope().timestamp().isBefore(applied.timestamp()));
  }

  private Stored sameTransaction(CampusMessage message) {
    boolean same = tables.countSameTransaction(message);
    return new Stored.Repeat(
        message.subject(),
        same
            ? "TransactionID " + message.transactionId() + " was stored before"
            : "TransactionID "
                + message.transactionId()
                + " was stored before, with other content or about somebody else");
  }

  private void apply(CampusMessage message, long id, Person person) {
    Applied last = person.last();
    Standing before = last == null ? Standing.NEVER_ADDED : last.standing();
    // A delete tells nothing but itself: what was known of the person stays known.
    Map<String, RecordFacts> records =
        message.action() == RootAction.DELETE
            ? person.records()
            : new Merge(id, settings.keepsAbsentAffiliations())
                .merge(person.records(), message.rows());
    tables.apply(message, id, standing(message.action(), before), records);
  }

  private static Standing standing(RootAction action, Standing before) {
    return switch (action) {
      case ADD -> Standing.ADDED;
      case CHANGE -> before;
      case DELETE -> Standing.DELETED;
    };
  }
}
