package dev.rollcall.spi;

import dev.rollcall.model.SubjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a source that pushes messages keeps them. What arrives is stored here first and fetched
 * from here when the event is worked, so that an event never carries a payload.
 */
public interface Inbox {

  /**
   * Understands a delivery without storing anything.
   *
   * @throws RefusedDelivery when it is not a message this inbox takes; the sender is told why
   */
  Incoming read(Delivery delivery);

  /**
   * Stores what was read and decides, on what is already stored, whether it says anything new. Runs
   * inside intake's transaction and holds the subject's row until it ends, so that two deliveries
   * about one subject are decided one after the other.
   */
  Stored store(Incoming incoming);

  /** A delivery that was understood; opaque to everybody but its inbox. */
  interface Incoming {
    /** Who it is about. */
    SubjectKey subject();

    /** The sender's id for this publication, or one made here; goes into the answer. */
    String transactionId();

    /** When the sender says that it was published; empty when it does not say. */
    default Optional<Instant> published() {
      return Optional.empty();
    }
  }

  /** What a stored delivery means. */
  sealed interface Stored {
    /** It says something that was not known. */
    record New(SubjectKey subject, boolean leaver) implements Stored {}

    /** The same message was stored before; nothing follows from it. */
    record Repeat(SubjectKey subject, String reason) implements Stored {}

    /** A newer message was stored before; kept, not applied. */
    record Older(SubjectKey subject, String reason) implements Stored {}
  }
}
