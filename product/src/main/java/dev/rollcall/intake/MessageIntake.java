package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.finding.Finding;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.Inbox;
import dev.rollcall.spi.RefusedDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes in messages that are sent to Rollcall. The answer says success only after the message and
 * its event are stored in one transaction; the sender has no second chance ({@code
 * facts/oim-campus-connector.md §2}).
 */
public final class MessageIntake {

  private static final Logger log = LoggerFactory.getLogger(MessageIntake.class);
  private static final int ATTEMPTS = 3;

  /** Clocks differ by minutes and zones by hours; what is further ahead is wrong. */
  private static final Duration FAR_AHEAD = Duration.ofDays(1);

  private final Database database;
  private final Events events;
  private final Audit audit;
  private final Findings findings;
  private final EnvironmentLock environment;
  private final SourceLock sources;
  private final Clock clock;
  private final String itResourceHeader;
  private volatile List<Receiver> receivers;
  private final Runnable wakeUp;

  /**
   * @param environment says whether anything may be taken in here
   * @param sources says whose messages are taken
   * @param itResourceHeader the header that names the IT resource, usually {@code Location}
   * @param wakeUp told after an event was appended, so that it is worked at once
   */
  public MessageIntake(
      Database database,
      Events events,
      Audit audit,
      Findings findings,
      EnvironmentLock environment,
      SourceLock sources,
      Clock clock,
      String itResourceHeader,
      List<Receiver> receivers,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.audit = audit;
    this.findings = findings;
    this.environment = environment;
    this.sources = sources;
    this.clock = clock;
    this.itResourceHeader = itResourceHeader;
    this.receivers = List.copyOf(receivers);
    this.wakeUp = wakeUp;
  }

  /** From now on these are sent messages. */
  public void replaceReceivers(List<Receiver> others) {
    receivers = List.copyOf(others);
  }

  /** Takes in one delivery and says what to answer; throws nothing. */
  public Answer receive(Delivery delivery) {
    // Looked up once: the receivers may be replaced at any moment.
    Optional<Receiver> receiver = receiver(delivery);
    return withoutBody(delivery, receiver)
        .orElseGet(() -> receive(receiver.orElseThrow(), delivery));
  }

  /**
   * What to answer without looking at the body: to a ping, and to a sender that is not let in,
   * whose body is not worth the memory. Empty when the body has to be read, or looked at, because
   * no header names an IT resource and the body may.
   */
  public Optional<Answer> withoutBody(Delivery delivery) {
    return delivery.header(itResourceHeader).isEmpty() && !isPing(delivery)
        ? Optional.empty()
        : withoutBody(delivery, receiver(delivery));
  }

  /** The header that names the IT resource. */
  public String itResourceHeader() {
    return itResourceHeader;
  }

  /**
   * What to answer when a body cannot be made a delivery; throws nothing.
   *
   * @param head the delivery as far as it was understood
   */
  public Answer refuse(Delivery head, RefusedDelivery why) {
    Optional<Receiver> receiver = receiver(head).filter(Receiver::active);
    return receiver.isPresent()
        ? refusal(receiver.get(), head).orElseGet(() -> refuse(receiver.get(), why))
        : notAuthenticated(head.header(itResourceHeader), receiver(head).isPresent());
  }

  private Optional<Answer> withoutBody(Delivery delivery, Optional<Receiver> receiver) {
    Optional<String> itResource = delivery.header(itResourceHeader);
    boolean ping = isPing(delivery);
    boolean welcome = receiver.isPresent() && receiver.get().active();
    Optional<Answer> refusal = welcome ? refusal(receiver.get(), delivery) : Optional.empty();
    if (refusal.isPresent()) {
      return refusal;
    }
    if (ping && (welcome || itResource.isEmpty())) {
      return Optional.of(
          shutForSure().orElseGet(() -> new Answer(200, "Rollcall is listening", "")));
    }
    return welcome
        ? shutForSure()
        : Optional.of(notAuthenticated(itResource, receiver.isPresent()));
  }

  /** Empty for a sender who may send to this instance. */
  private static Optional<Answer> refusal(Receiver receiver, Delivery delivery) {
    String authorization = delivery.header("Authorization").orElse(null);
    return switch (receiver.senders().check(authorization, delivery.from())) {
      case WELCOME -> Optional.empty();
      case WRONG_ADDRESS -> {
        String why = "Messages for this IT resource are not taken from " + delivery.from();
        log.warn("{}: {}", receiver.instance(), why);
        yield Optional.of(new Answer(403, why, ""));
      }
      case WRONG_CREDENTIALS -> {
        String why = "This IT resource needs the user and password that were set for it";
        log.warn("{}: {}, and was asked from {}", receiver.instance(), why, delivery.from());
        yield Optional.of(new Answer(401, why, ""));
      }
    };
  }

  /** A copy acknowledges nothing: the sender keeps its message for the original. */
  private Optional<Answer> shut() {
    return environment.objection().map(objection -> new Answer(503, objection.toSenders(), ""));
  }

  /** The same before anything is read: what cannot be known yet is asked again before storing. */
  private Optional<Answer> shutForSure() {
    try {
      return shut();
    } catch (RuntimeException unreachable) {
      log.debug("Whether the database was copied is not known", unreachable);
      return Optional.empty();
    }
  }

  private Optional<Receiver> receiver(Delivery delivery) {
    Optional<String> itResource = delivery.header(itResourceHeader);
    return receivers.stream()
        .filter(known -> itResource.map(known.itResource()::equals).orElse(false))
        .findFirst();
  }

  private Answer notAuthenticated(Optional<String> itResource, boolean known) {
    String why =
        itResource.isEmpty()
            ? "Target authentication failed: header " + itResourceHeader + " is missing"
            : known
                ? "Target authentication failed: this IT resource is not active"
                : "Target authentication failed: unknown IT resource in header " + itResourceHeader;
    log.warn(why);
    return new Answer(403, why, "");
  }

  private Answer receive(Receiver receiver, Delivery delivery) {
    try (var _ = MDC.putCloseable("instance", receiver.instance())) {
      Inbox.Incoming incoming = receiver.inbox().read(delivery);
      Optional<Answer> shut = shut();
      if (shut.isPresent()) {
        return shut.get();
      }
      Optional<String> sender = sender(delivery);
      Optional<String> otherSource = sources.objectionTo(receiver.instance(), sender);
      if (otherSource.isPresent()) {
        return refuse(receiver, 403, otherSource.get());
      }
      String text = storeWithRetry(receiver, incoming, sender);
      wakeUp.run();
      return new Answer(200, text, incoming.transactionId());
    } catch (RefusedDelivery refused) {
      return refuse(receiver, refused);
    } catch (SourceLock.OtherSender refused) {
      return refuse(receiver, 403, String.valueOf(refused.getMessage()));
    } catch (RuntimeException failure) {
      return notStored(receiver.instance(), failure);
    }
  }

  /** A defect too: whatever it is, the message is not stored, and only its sender still has it. */
  private static Answer notStored(String instance, RuntimeException failure) {
    log.error("A message for {} could not be stored", instance, failure);
    return new Answer(503, "The message could not be stored; send it again later", "");
  }

  /** The node a message is from. HTTP has its own header of this name, for an e-mail address. */
  private static Optional<String> sender(Delivery delivery) {
    return delivery.header("From").filter(name -> !name.contains("@"));
  }

  private Answer refuse(Receiver receiver, RefusedDelivery refused) {
    int status =
        switch (refused.kind()) {
          case MALFORMED -> 400;
          case UNKNOWN_MESSAGE -> 404;
          case TOO_LARGE -> 413;
        };
    return refuse(receiver, status, String.valueOf(refused.getMessage()));
  }

  private Answer refuse(Receiver receiver, int status, String reason) {
    log.warn("A message for {} was refused ({}); the audit says why", receiver.instance(), status);
    try {
      audit.append(
          List.of(
              new AuditEntry(
                  AuditKind.MESSAGE_REFUSED,
                  receiver.instance(),
                  null,
                  null,
                  Map.of("status", status, "reason", reason))));
    } catch (DataAccessException failure) {
      log.error("The refusal could not be audited", failure);
    }
    return new Answer(status, reason, "");
  }

  /** A lost race for a lock, or a connection that broke, says nothing about the message. */
  private String storeWithRetry(
      Receiver receiver, Inbox.Incoming incoming, Optional<String> sender) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.inTransaction(() -> {
          sender.ifPresent(name -> sources.remember(receiver.instance(), name));
          return store(receiver, incoming);
        });
      } catch (DataAccessException | TransactionException failure) {
        if (attempt == ATTEMPTS || !Database.isTransient(failure)) {
          throw failure;
        }
      }
    }
  }

  private String store(Receiver receiver, Inbox.Incoming incoming) {
    String instance = receiver.instance();
    return switch (receiver.inbox().store(incoming)) {
      case Inbox.Stored.New(SubjectKey subject, boolean leaver) -> {
        Priority priority = leaver ? Priority.LEAVER : Priority.NORMAL;
        long event = events.append(message(instance, subject, priority));
        incoming
            .published()
            .filter(published -> published.isAfter(clock.instant().plus(FAR_AHEAD)))
            .ifPresent(
                published -> findings.raise(List.of(ahead(receiver, subject, event, published))));
        yield "Stored as event " + event;
      }
      case Inbox.Stored.Older(SubjectKey subject, String reason) -> {
        long event =
            events.append(
                message(instance, subject, Priority.NORMAL)
                    .decided(EventStatus.SKIPPED, "older: " + reason));
        yield "Stored as event " + event + ", " + reason;
      }
      case Inbox.Stored.Repeat(SubjectKey subject, String reason) -> {
        audit.append(
            List.of(
                new AuditEntry(
                    AuditKind.MESSAGE_REPEATED,
                    instance,
                    subject,
                    null,
                    Map.of("transactionId", incoming.transactionId(), "reason", reason))));
        yield "Already stored: " + reason;
      }
    };
  }

  private static Finding ahead(
      Receiver receiver, SubjectKey subject, long event, Instant published) {
    return new Finding(
        FindingKind.FUTURE_MESSAGE,
        receiver.instance(),
        subject,
        "a message says that it was published at %s; until then every other one is taken for older. Set the sender's clock right and publish the person again with a later OrigTimeStamp"
            .formatted(published),
        event,
        published);
  }

  private NewEvent message(String instance, SubjectKey subject, Priority priority) {
    return NewEvent.now(instance, subject, Cause.MESSAGE, priority, Instant.now(clock));
  }

  private static boolean isPing(Delivery delivery) {
    return delivery.header("OperationType").filter("ping"::equalsIgnoreCase).isPresent()
        || delivery.header("MessageType").filter("ping"::equalsIgnoreCase).isPresent();
  }
}
