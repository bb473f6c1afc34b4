package dev.rollcall.event;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one claimed event.
 *
 * @param status a final one, or {@link EventStatus#NEW} to wait again
 * @param attempt attempts used so far
 * @param due when it may be worked next; only looked at when it waits again
 * @param error the kind of failure, null when there was none
 */
public record Finish(
    long event,
    EventStatus status,
    int attempt,
    Instant due,
    @Nullable String reason,
    @Nullable ErrorKind error) {
  public Finish {
    if (!EventStatus.QUEUED.successors().contains(status)) {
      throw new IllegalArgumentException("A claimed event cannot become " + status);
    }
  }
}
