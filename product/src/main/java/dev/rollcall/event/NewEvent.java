package dev.rollcall.event;

import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event to append.
 *
 * @param due not before this time, on Rollcall's clock
 * @param parent the finished event it follows up, or null
 * @param status {@link EventStatus#NEW}, or a final status for what is decided on arrival
 * @param reason why it waits or how it was decided, or null
 */
public record NewEvent(
    String instance,
    SubjectKey subject,
    Cause cause,
    Priority priority,
    Instant due,
    @Nullable Long parent,
    EventStatus status,
    @Nullable String reason) {

  /** An event to be worked as soon as possible. */
  public static NewEvent now(
      String instance, SubjectKey subject, Cause cause, Priority priority, Instant now) {
    return new NewEvent(instance, subject, cause, priority, now, null, EventStatus.NEW, null);
  }

  /** The same, following up a finished event. */
  public NewEvent after(long parentId) {
    return new NewEvent(instance, subject, cause, priority, due, parentId, status, reason);
  }

  /** The same, decided on arrival: recorded, never worked. */
  public NewEvent decided(EventStatus decision, String why) {
    return new NewEvent(instance, subject, cause, priority, due, parent, decision, why);
  }
}
