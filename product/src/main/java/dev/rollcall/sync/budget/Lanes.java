package dev.rollcall.sync.budget;

import dev.rollcall.model.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When each priority may make its next call. A call pushes back its own priority and all that are
 * less urgent, never one that is more urgent: so it overtakes whoever has been given a later moment
 * and still waits for it, and all together keep the same distance.
 *
 * @param next by rank of the priority
 */
record Lanes(List<Instant> next) {

  Lanes {
    next = List.copyOf(next);
  }

  /** Everybody may at once. */
  static Lanes free() {
    return new Lanes(List.of(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
  }

  /** When a call may be made. */
  Instant slot(Priority priority, Instant now) {
    return later(now, next.get(priority.rank()));
  }

  /** After a call of this priority was given this moment. */
  Lanes taken(Priority priority, Instant at, Duration distance) {
    List<Instant> pushed = new ArrayList<>(next);
    for (int rank = priority.rank(); rank < pushed.size(); rank++) {
      pushed.set(rank, later(pushed.get(rank), at).plus(distance));
    }
    return new Lanes(pushed);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
